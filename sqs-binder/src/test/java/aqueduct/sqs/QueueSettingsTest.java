// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Queues that are made, or are missing, and settings that are wrong. */
class QueueSettingsTest extends OnLocalSqs {
  @Test
  void what_is_missing_is_created_with_a_redrive_policy_and_what_is_there_is_left_alone() {
    try (Consumed consumed =
        Consumed.single(sqs, "made", (body, attempt) -> {}, settings("made", DEAD_LETTERS))) {
      assertThat(attribute("made", QueueAttributeName.REDRIVE_POLICY))
          .contains("made-dlq")
          .contains("3");
      assertThat(attribute("made", QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("30");
      assertThat(consumed.messages).isEmpty();
    }
    try (Consumed again =
        Consumed.single(
            sqs, "made", (body, attempt) -> {}, "dead-letter-queue=made-dlq", "max-receives=9")) {
      assertThat(attribute("made", QueueAttributeName.REDRIVE_POLICY)).doesNotContain("9");
      assertThat(again.messages).isEmpty();
    }
  }

  @Test
  void without_auto_create_a_missing_queue_or_redrive_policy_stops_the_start() {
    assertThatThrownBy(
            () -> Consumed.single(sqs, "nowhere", (body, attempt) -> {}, "auto-create=false"))
        .hasStackTraceContaining("there is no queue nowhere");
    sqs.create("bare-queue", Map.of());
    assertThatThrownBy(
            () ->
                Consumed.single(
                    sqs,
                    "bare-queue",
                    (body, attempt) -> {},
                    "auto-create=false",
                    "dead-letter-queue=x"))
        .hasStackTraceContaining("queue bare-queue has no redrive policy");
  }

  @Test
  void a_wrong_setting_stops_the_start_and_names_property_value_and_range() {
    assertThatThrownBy(() -> Consumed.single(sqs, "w", (body, attempt) -> {}, "poll-timeout=25s"))
        .hasStackTraceContaining(
            "spring.cloud.stream.sqs.bindings.work-in-0.consumer.poll-timeout = 25s: must be 0s to 20s");
    assertThatThrownBy(
            () ->
                Consumed.single(
                    sqs,
                    "w",
                    (body, attempt) -> {},
                    "visibility-timeout=10s",
                    "heartbeat-interval=10s"))
        .hasStackTraceContaining(
            "heartbeat-interval = 10s: must be shorter than visibility-timeout");
  }

  private static String attribute(String queue, QueueAttributeName name) {
    return sqs.attributes(queue).get(name);
  }
}
