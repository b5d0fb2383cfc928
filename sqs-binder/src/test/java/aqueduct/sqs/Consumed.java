// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** An application with one function on one queue, and what reached the function. */
final class Consumed implements AutoCloseable {
  final List<Message<byte[]>> messages = Collections.synchronizedList(new ArrayList<>());
  final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
  final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
  private final Work work;
  private final ConfigurableApplicationContext context;

  /** Behaviour of a function: sees a body and how often it was seen, may throw or take its time. */
  interface Work {
    void on(String body, int attempt) throws Exception;
  }

  interface BatchWork {
    void on(List<String> bodies) throws Exception;
  }

  static Consumed single(LocalSqs sqs, String queue, Work work, String... settings) {
    return new Consumed(sqs, queue, work, bodies -> {}, false, settings);
  }

  static Consumed batch(LocalSqs sqs, String queue, BatchWork work, String... settings) {
    return new Consumed(sqs, queue, (body, attempt) -> {}, work, true, settings);
  }

  private Consumed(
      LocalSqs sqs, String queue, Work work, BatchWork batchWork, boolean batch, String... more) {
    this.work = work;
    Map<String, Object> settings = new HashMap<>(sqs.settings());
    String binding = "spring.cloud.stream.bindings.work-in-0.";
    settings.put("spring.main.banner-mode", "off");
    settings.put("spring.cloud.stream.default-binder", "sqs");
    settings.put("spring.cloud.function.definition", batch ? "workBatch" : "work");
    settings.put("spring.cloud.stream.function.bindings.workBatch-in-0", "work-in-0");
    settings.put("spring.cloud.stream.binding-retry-interval", 0);
    settings.put(binding + "destination", queue);
    settings.put(binding + "group", "g");
    settings.put(binding + "content-type", "application/octet-stream");
    settings.put(binding + "consumer.batch-mode", batch);
    settings.put("spring.cloud.stream.sqs.default.consumer.poll-timeout", "1s");
    for (String setting : more) {
      int equals = setting.indexOf('=');
      String name = setting.substring(0, equals);
      settings.put(
          name.startsWith("spring.")
              ? name
              : name.startsWith("consumer.")
                  ? binding + name
                  : "spring.cloud.stream.sqs.bindings.work-in-0.consumer." + name,
          setting.substring(equals + 1));
    }
    context =
        new SpringApplicationBuilder(Functions.class)
            .web(WebApplicationType.NONE)
            .properties(settings)
            .initializers(
                c -> {
                  c.getBeanFactory().registerSingleton("singleWork", (Work) this::recordThen);
                  c.getBeanFactory().registerSingleton("batchWork", batchWork);
                  c.getBeanFactory().registerSingleton("consumed", this);
                })
            .run();
  }

  private void recordThen(String body, int ignored) throws Exception {
    work.on(body, attempts.computeIfAbsent(body, b -> new AtomicInteger()).incrementAndGet());
  }

  int attempts(String body) {
    AtomicInteger count = attempts.get(body);
    return count == null ? 0 : count.get();
  }

  StreamBridge bridge() {
    return context.getBean(StreamBridge.class);
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
    await() // it ends shortly after it was told to
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .as("the heartbeat's thread ends with the binding")
                    .noneMatch(
                        thread ->
                            thread.isAlive() && thread.getName().startsWith("sqs-heartbeat-")));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Functions {
    @Bean
    Consumer<Message<byte[]>> work(Consumed consumed, Work work) {
      return message -> {
        consumed.messages.add(message);
        call(() -> work.on(new String(message.getPayload(), StandardCharsets.UTF_8), 0));
      };
    }

    @Bean
    Consumer<Message<List<byte[]>>> workBatch(Consumed consumed, BatchWork work) {
      return message -> {
        List<String> bodies =
            message.getPayload().stream().map(b -> new String(b, StandardCharsets.UTF_8)).toList();
        consumed.batches.add(bodies);
        call(() -> work.on(bodies));
      };
    }

    private interface Body {
      void run() throws Exception;
    }

    private static void call(Body body) {
      try {
        body.run();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
