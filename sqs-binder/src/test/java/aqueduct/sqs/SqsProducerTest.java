// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.support.MessageBuilder;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsProducerTest {
  private static LocalSqs sqs;
  private static ConfigurableApplicationContext context;
  private static StreamBridge bridge;

  @BeforeAll
  static void start() {
    sqs = LocalSqs.start();
    sqs.create(
        "out.fifo",
        Map.of(
            QueueAttributeName.FIFO_QUEUE, "true",
            QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
    context =
        run(
            sqs.settings(),
            "spring.cloud.stream.bindings.plain.destination=out",
            "spring.cloud.stream.sqs.bindings.plain.producer.headers=traceparent,absent",
            "spring.cloud.stream.bindings.ordered.destination=out.fifo",
            "spring.cloud.stream.bindings.grouped.destination=out.fifo",
            "spring.cloud.stream.sqs.bindings.grouped.producer.message-group-id=all");
    bridge = context.getBean(StreamBridge.class);
  }

  @AfterAll
  static void stop() {
    context.close();
    sqs.close();
  }

  @Test
  void what_is_sent_has_arrived_when_the_send_returns_with_the_headers_that_were_named() {
    bridge.send(
        "plain",
        MessageBuilder.withPayload("好 {}".getBytes(StandardCharsets.UTF_8))
            .setHeader("traceparent", "00-1")
            .setHeader("secret", "s")
            .build());
    List<Message> messages = sqs.receive("out", Duration.ZERO);
    assertThat(messages).extracting(Message::body).containsExactly("好 {}");
    assertThat(messages.get(0).messageAttributes()).containsOnlyKeys("traceparent");
  }

  @Test
  void bytes_that_are_no_text_are_refused_instead_of_damaged() {
    assertThatThrownBy(() -> bridge.send("plain", new byte[] {(byte) 0xff, 1}))
        .hasStackTraceContaining("SQS carries text");
  }

  @Test
  void a_message_to_a_fifo_queue_needs_a_group_by_header_or_setting() {
    assertThatThrownBy(() -> bridge.send("ordered", "no group"))
        .hasStackTraceContaining("Sqs_Msa_MessageGroupId")
        .hasStackTraceContaining("message-group-id");
    bridge.send(
        "ordered",
        MessageBuilder.withPayload("by header").setHeader("Sqs_Msa_MessageGroupId", "g7").build());
    bridge.send("grouped", "by setting");
    assertThat(sqs.receive("out.fifo", Duration.ofSeconds(1)))
        .extracting(m -> m.attributesAsStrings().get("MessageGroupId") + ": " + m.body())
        .containsExactlyInAnyOrder("g7: by header", "all: by setting");
  }

  @Test
  void a_send_that_fails_throws_at_the_sender() {
    sqs.create("short-lived", Map.of());
    bridge.send("short-lived", "one");
    String url = sqs.url("short-lived");
    sqs.client().deleteQueue(request -> request.queueUrl(url)).join();
    assertThatThrownBy(() -> bridge.send("short-lived", "two"))
        .hasStackTraceContaining("send to queue short-lived was refused");
  }

  @Test
  void a_server_that_never_answers_costs_the_send_timeout_and_no_more() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Map<String, Object> settings = new HashMap<>(sqs.settings());
      settings.put("spring.cloud.aws.sqs.endpoint", "http://127.0.0.1:" + silent.getLocalPort());
      try (ConfigurableApplicationContext mute =
          run(
              settings,
              "spring.cloud.stream.bindings.mute.destination=http://127.0.0.1:1/000000000000/mute",
              "spring.cloud.stream.sqs.bindings.mute.producer.send-timeout=300ms")) {
        StreamBridge muted = mute.getBean(StreamBridge.class);
        Instant before = Instant.now();
        assertThatThrownBy(() -> muted.send("mute", "x"))
            .hasStackTraceContaining("took longer than");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
      }
    }
  }

  @Test
  void a_wrong_setting_is_refused_with_its_name() {
    try (ConfigurableApplicationContext wrong =
        run(sqs.settings(), "spring.cloud.stream.sqs.bindings.late.producer.delay=16m")) {
      StreamBridge late = wrong.getBean(StreamBridge.class);
      assertThatThrownBy(() -> late.send("late", "x"))
          .hasStackTraceContaining("bindings.late.producer.delay = 960s: must be 0s to 900s");
    }
  }

  private static ConfigurableApplicationContext run(Map<String, Object> base, String... more) {
    Map<String, Object> settings = new HashMap<>(base);
    settings.put("spring.main.banner-mode", "off");
    settings.put("spring.cloud.stream.default-binder", "sqs");
    settings.put("spring.cloud.stream.binding-retry-interval", 0);
    for (String setting : more) {
      settings.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    return new SpringApplicationBuilder(Empty.class)
        .web(WebApplicationType.NONE)
        .properties(settings)
        .run();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Empty {}
}
