// SPDX-License-Identifier: Apache-2.0
package aqueduct.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.contracts.Rejections;
import aqueduct.logs.RecordSink;
import aqueduct.logs.notice.ObjectNotice;
import aqueduct.sqs.LocalSqs;
import aqueduct.wire.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.sqs.model.Message;

/** The element as it is deployed: its queues by the topology. */
class RouterApplicationTest {
  private static final String PRODUCTION = "files-to-stream-production";
  private static final String DEVELOPMENT = "files-to-stream-development";
  private static LocalSqs sqs;

  @BeforeAll
  static void start() {
    sqs = LocalSqs.start();
  }

  @AfterAll
  static void stop() {
    sqs.close();
  }

  @Test
  void notices_of_the_queue_reach_both_queues_and_what_cannot_be_read_the_dead_letters() {
    try (ConfigurableApplicationContext context = run()) {
      sqs.send("kept-files", RouterFunctionTest.s3Event("ObjectCreated:Copy", "backup", "a+b"));
      sqs.send("kept-files", "nonsense");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> sqs.size("kept-files-dlq") == 1 && sqs.size("kept-files") == 0);
      String bare =
          "{\"bucket\":\"backup\",\"key\":\"a b\",\"etag\":\"e1\",\"size\":7,\"sequencer\":\"0A\"}";
      assertThat(bodies(PRODUCTION)).containsExactly(bare);
      assertThat(bodies(DEVELOPMENT)).containsExactly(bare);
      assertThat(context.getBeansOfType(RouterFunction.class)).containsOnlyKeys("router");
    }
  }

  /** Row 11, on real queues. */
  @Test
  void without_the_development_queue_production_is_served_and_the_message_is_done() {
    try (ConfigurableApplicationContext context = run("aqueduct.pipe-prefix=one-")) {
      sqs.send("one-kept-files", ObjectNotice.of("one-backup", "first").toJson());
      // The queue is made with the first notice.
      await().ignoreExceptions().until(() -> sqs.size("one-" + DEVELOPMENT) == 1);
      String url = sqs.url("one-" + DEVELOPMENT);
      sqs.client().deleteQueue(request -> request.queueUrl(url)).join();
      sqs.send("one-kept-files", ObjectNotice.of("one-backup", "second").toJson());
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> sqs.size("one-kept-files") == 0 && sqs.size("one-" + PRODUCTION) == 2);
      assertThat(Rejections.in(context.getBean(InMemoryRecordSink.class)))
          .extracting(Rejection::getReason)
          .containsExactly("environment_unreachable");
    }
  }

  @Test
  void wrong_settings_stop_the_start_and_are_named() {
    assertThatThrownBy(() -> run("aqueduct.router.environments.production.sample-percent=101"))
        .hasStackTraceContaining("samplePercent")
        .hasStackTraceContaining("101");
    assertThatThrownBy(() -> run("aqueduct.router.environments.staging.enabled=true"))
        .hasStackTraceContaining("binding");
  }

  private static List<String> bodies(String queue) {
    return sqs.receive(queue, Duration.ZERO).stream().map(Message::body).toList();
  }

  private static ConfigurableApplicationContext run(String... more) {
    List<String> arguments = new ArrayList<>();
    Map<String, Object> server = sqs.settings();
    server.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    arguments.add("--spring.cloud.stream.sqs.default.consumer.retry-delay=0s");
    arguments.add("--spring.cloud.stream.sqs.default.consumer.poll-timeout=1s");
    for (String setting : more) {
      arguments.add("--" + setting);
    }
    return new SpringApplicationBuilder(RouterApplication.class, Sink.class)
        .web(WebApplicationType.NONE)
        .run(arguments.toArray(String[]::new));
  }

  @Configuration(proxyBeanMethods = false)
  static class Sink {
    @Bean
    RecordSink sink() {
      return new InMemoryRecordSink();
    }
  }
}
