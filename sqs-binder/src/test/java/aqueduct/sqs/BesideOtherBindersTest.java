// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.awspring.cloud.kinesis.stream.binder.KinesisMessageChannelBinder;
import io.micrometer.observation.ObservationRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.metadata.ConcurrentMetadataStore;
import org.springframework.integration.metadata.SimpleMetadataStore;
import org.springframework.messaging.MessageChannel;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** One application context, the Kinesis binder as default, and more than one SQS. */
class BesideOtherBindersTest {
  private static LocalSqs sqs;
  private static LocalSqs second;

  @BeforeAll
  static void start() {
    sqs = LocalSqs.start();
    second = LocalSqs.start();
  }

  @AfterAll
  static void stop() {
    sqs.close();
    second.close();
  }

  @Test
  void the_binder_uses_the_applications_own_client_and_leaves_the_default_binder_in_place() {
    Map<String, Object> settings = settings();
    settings.put("spring.cloud.aws.sqs.endpoint", "http://127.0.0.1:1"); // must not be used
    settings.put("spring.cloud.stream.bindings.work-in-0.binder", "sqs");
    try (ConfigurableApplicationContext context = run(OwnClient.class, settings)) {
      sqs.send("beside", "hello");
      await().until(() -> context.getBean(Seen.class).bodies.equals(List.of("hello")));
      BinderFactory binders = context.getBean(BinderFactory.class);
      assertThat(binders.getBinder(null, MessageChannel.class))
          .isInstanceOf(KinesisMessageChannelBinder.class);
      assertThat(binders.getBinder("sqs", MessageChannel.class)).isInstanceOf(SqsBinder.class);
      assertThat(context.getBeansOfType(SqsBinder.class)).isEmpty();
    }
  }

  @Test
  void a_binder_with_an_environment_of_its_own_reaches_another_sqs() {
    Map<String, Object> settings = settings();
    settings.putAll(sqs.settings());
    settings.put("spring.cloud.stream.binders.elsewhere.type", "sqs");
    settings.put(
        "spring.cloud.stream.binders.elsewhere.environment.spring.cloud.aws.sqs.endpoint",
        second.endpoint().toString());
    settings.put("spring.cloud.stream.bindings.work-in-0.binder", "elsewhere");
    settings.remove("spring.cloud.stream.default-binder");
    try (ConfigurableApplicationContext context = run(Functions.class, settings)) {
      second.send("beside", "there");
      await().until(() -> context.getBean(Seen.class).bodies.equals(List.of("there")));
    }
  }

  private static Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(sqs.settings());
    settings.put("spring.main.banner-mode", "off");
    settings.put("spring.cloud.stream.default-binder", "kinesis");
    settings.put("spring.cloud.stream.binding-retry-interval", 0);
    settings.put("spring.cloud.aws.kinesis.endpoint", "http://127.0.0.1:1");
    settings.put("spring.cloud.aws.dynamodb.endpoint", "http://127.0.0.1:1");
    settings.put("spring.cloud.function.definition", "work");
    settings.put("spring.cloud.stream.bindings.work-in-0.destination", "beside");
    settings.put("spring.cloud.stream.bindings.work-in-0.group", "g");
    settings.put("spring.cloud.stream.sqs.default.consumer.poll-timeout", "1s");
    return settings;
  }

  private static ConfigurableApplicationContext run(Class<?> source, Map<String, Object> settings) {
    return new SpringApplicationBuilder(source)
        .web(WebApplicationType.NONE)
        .properties(settings)
        .run();
  }

  static final class Seen {
    final List<String> bodies = new CopyOnWriteArrayList<>();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Functions {
    @Bean
    Seen seen() {
      return new Seen();
    }

    @Bean
    Consumer<byte[]> work(Seen seen) {
      return body -> seen.bodies.add(new String(body, StandardCharsets.UTF_8));
    }

    @Bean
    ObservationRegistry observations() {
      return ObservationRegistry.NOOP;
    }

    @Bean
    ConcurrentMetadataStore checkpoints() {
      return new SimpleMetadataStore();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class OwnClient extends Functions {
    @Bean(destroyMethod = "")
    SqsAsyncClient ownClient() {
      return sqs.client();
    }
  }
}
