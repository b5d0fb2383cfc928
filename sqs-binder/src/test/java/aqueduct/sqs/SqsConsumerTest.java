// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What reaches the function, and what comes back to it after a failure. */
class SqsConsumerTest extends OnLocalSqs {
  @Test
  void a_message_reaches_the_function_with_its_bytes_and_attributes_and_is_deleted() {
    sqs.create("plain", Map.of());
    sqs.client()
        .sendMessage(
            request ->
                request
                    .queueUrl(sqs.url("plain"))
                    .messageBody("好 {\"a\":1} \t")
                    .messageAttributes(
                        Map.of(
                            "traceparent", attribute("String", "00-1"),
                            // A type which the stock converter would load as a class.
                            "n", attribute("Number.no.such.Klass", "7"),
                            "id", attribute("String", "not-a-uuid"))))
        .join();
    try (Consumed consumed = Consumed.single(sqs, "plain", (body, attempt) -> {})) {
      await().until(() -> sqs.size("plain") == 0);
      assertThat(consumed.messages).hasSize(1);
      Message<byte[]> message = consumed.messages.get(0);
      assertThat(new String(message.getPayload(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("好 {\"a\":1} \t");
      assertThat(message.getHeaders())
          .containsEntry("traceparent", "00-1")
          .containsEntry("n", "7")
          .containsEntry("Sqs_QueueName", "plain")
          .containsEntry("Sqs_Msa_ApproximateReceiveCount", "1")
          .containsKey("Sqs_Msa_messageId");
      assertThat(message.getHeaders().toString())
          .as("bodies in logged headers")
          .doesNotContain("好");
    }
  }

  @Test
  void a_failed_message_comes_back_after_the_retry_delay_and_not_after_the_visibility_timeout() {
    sqs.create("retry", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "600"));
    sqs.send("retry", "m");
    List<Instant> times = Collections.synchronizedList(new ArrayList<>());
    Consumed.Work work =
        (body, attempt) -> {
          times.add(Instant.now());
          if (attempt < 3) {
            throw new IllegalStateException("try again");
          }
        };
    try (Consumed consumed =
        Consumed.single(sqs, "retry", work, "retry-delay=1s", "retry-multiplier=2")) {
      await().atMost(Duration.ofSeconds(15)).until(() -> sqs.size("retry") == 0);
      assertThat(consumed.attempts("m")).isEqualTo(3);
      assertThat(Duration.between(times.get(0), times.get(1))).isBetween(seconds(0.9), seconds(4));
      assertThat(Duration.between(times.get(1), times.get(2))).isBetween(seconds(1.9), seconds(5));
    }
  }

  @Test
  void without_a_retry_delay_the_visibility_timeout_brings_a_failed_message_back() {
    sqs.create("timeout", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "2"));
    sqs.send("timeout", "m");
    Consumed.Work failOnce =
        (body, attempt) -> {
          if (attempt == 1) {
            throw new IllegalStateException("once");
          }
        };
    try (Consumed consumed = Consumed.single(sqs, "timeout", failOnce)) {
      await().atMost(Duration.ofSeconds(15)).until(() -> sqs.size("timeout") == 0);
      assertThat(consumed.attempts("m")).isEqualTo(2);
    }
  }

  @Test
  void a_poison_message_goes_to_the_dead_letters_after_max_receives_and_its_neighbour_is_done() {
    Consumed.Work work =
        (body, attempt) -> {
          if (body.equals("poison")) {
            throw new IllegalArgumentException("cannot be read");
          }
        };
    try (Consumed consumed =
        Consumed.single(sqs, "poisoned", work, settings("poisoned", DEAD_LETTERS))) {
      sqs.send("poisoned", "poison");
      sqs.send("poisoned", "good");
      await().atMost(Duration.ofSeconds(20)).until(() -> sqs.size("poisoned-dlq") == 1);
      await().until(() -> sqs.size("poisoned") == 0);
      assertThat(consumed.attempts("poison")).isEqualTo(3);
      assertThat(consumed.attempts("good")).isEqualTo(1);
      assertThat(sqs.receive("poisoned-dlq", Duration.ofSeconds(1)))
          .extracting(software.amazon.awssdk.services.sqs.model.Message::body)
          .containsExactly("poison");
    }
  }

  @Test
  void of_a_batch_only_the_failed_messages_come_back() {
    sqs.create("batch", Map.of());
    for (int i = 0; i < 10; i++) {
      sqs.send("batch", "m" + i);
    }
    Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    Set<String> failOnce = ConcurrentHashMap.newKeySet();
    failOnce.addAll(Set.of("m3", "m7"));
    Consumed.BatchWork work =
        bodies -> {
          List<Integer> failed = new ArrayList<>();
          for (int i = 0; i < bodies.size(); i++) {
            seen.computeIfAbsent(bodies.get(i), b -> new AtomicInteger()).incrementAndGet();
            if (failOnce.remove(bodies.get(i))) {
              failed.add(i);
            }
          }
          if (!failed.isEmpty()) {
            throw new PartialBatchException(failed.size() + " failed", failed, null);
          }
        };
    try (Consumed consumed =
        Consumed.batch(sqs, "batch", work, "retry-delay=0s", "visibility-timeout=60s")) {
      await().atMost(Duration.ofSeconds(15)).until(() -> sqs.size("batch") == 0);
      assertThat(seen).hasSize(10);
      seen.forEach(
          (body, count) ->
              assertThat(count.get())
                  .as(body)
                  .isEqualTo(body.equals("m3") || body.equals("m7") ? 2 : 1));
      assertThat(consumed.batches).anyMatch(batch -> batch.size() > 1);
    }
  }

  @Test
  void a_batch_that_fails_as_a_whole_comes_back_as_a_whole() {
    sqs.create("whole", Map.of());
    sqs.send("whole", "a");
    sqs.send("whole", "b");
    AtomicBoolean failed = new AtomicBoolean();
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    Consumed.BatchWork work =
        bodies -> {
          if (failed.compareAndSet(false, true)) {
            throw new IllegalStateException("all of it");
          }
          done.addAll(bodies);
        };
    try (Consumed consumed =
        Consumed.batch(sqs, "whole", work, "retry-delay=0s", "visibility-timeout=60s")) {
      await().atMost(Duration.ofSeconds(15)).until(() -> sqs.size("whole") == 0);
      assertThat(done).containsExactlyInAnyOrder("a", "b");
      assertThat(consumed.batches.size()).isGreaterThan(1);
    }
  }

  @Test
  void a_fifo_queue_keeps_its_order_over_a_failure() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Consumed.Work work =
        (body, attempt) -> {
          order.add(body);
          if (body.equals("m1") && attempt == 1) {
            throw new IllegalStateException("once");
          }
        };
    sqs.create(
        "ordered.fifo",
        Map.of(
            QueueAttributeName.FIFO_QUEUE, "true",
            QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
    for (int i = 0; i < 5; i++) {
      String body = "m" + i;
      sqs.client()
          .sendMessage(
              request ->
                  request.queueUrl(sqs.url("ordered.fifo")).messageBody(body).messageGroupId("g"))
          .join();
    }
    try (Consumed consumed =
        Consumed.single(sqs, "ordered.fifo", work, "retry-delay=1s", "consumer.concurrency=4")) {
      await().atMost(Duration.ofSeconds(20)).until(() -> sqs.size("ordered.fifo") == 0);
      assertThat(order).containsExactly("m0", "m1", "m1", "m2", "m3", "m4");
      assertThat(consumed.attempts).hasSize(5);
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }

  private static MessageAttributeValue attribute(String type, String value) {
    return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
  }
}
