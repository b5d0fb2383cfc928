// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.lambda.LambdaEvents.QueueMessage;
import aqueduct.lambda.LambdaEvents.StreamRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

/**
 * What the function sees of an event, and what Lambda is told; events and answers are AWS's own.
 */
class EventHandlerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant FAR = NOW.plusSeconds(60);
  private final List<String> seen = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private Instant now = NOW;

  /** Fails on payloads that start with "poison", is slow on "slow". */
  final class One implements Consumer<Message<byte[]>> {
    @Override
    public void accept(Message<byte[]> message) {
      take(message.getPayload());
    }
  }

  final class Many implements Consumer<Message<List<byte[]>>> {
    @Override
    public void accept(Message<List<byte[]>> message) {
      batches.add(message.getPayload().size());
      message.getPayload().forEach(EventHandlerTest.this::take);
    }
  }

  private void take(byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8);
    seen.add(text);
    if (text.startsWith("poison")) throw new IllegalStateException("poison");
    if (text.startsWith("slow")) now = now.plusSeconds(50);
  }

  @SuppressWarnings("unchecked")
  private EventHandler handler(Consumer<?> function) {
    Clock clock =
        new Clock() {
          @Override
          public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    return new EventHandler(Functions.only(Function.of((Consumer<Message<?>>) function)), clock);
  }

  private static byte[] messages(String... bodies) {
    return LambdaEvents.sqs(
        IntStream.range(0, bodies.length)
            .mapToObj(i -> new QueueMessage("m-" + i, bodies[i], 1))
            .toList());
  }

  private static byte[] records(String... data) {
    return LambdaEvents.kinesis(
        "shardId-000000000000",
        IntStream.range(0, data.length)
            .mapToObj(
                i -> new StreamRecord("4950" + i, "key", data[i].getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  private static List<String> sqsFailures(byte[] answer) throws Exception {
    return new ObjectMapper()
        .readValue(answer, SQSBatchResponse.class).getBatchItemFailures().stream()
            .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
            .toList();
  }

  private static List<String> kinesisFailures(byte[] answer) throws Exception {
    return new ObjectMapper()
        .readValue(answer, StreamsEventResponse.class).getBatchItemFailures().stream()
            .map(StreamsEventResponse.BatchItemFailure::getItemIdentifier)
            .toList();
  }

  @Test
  void the_events_of_the_tests_are_what_aws_s_own_classes_read() {
    ClassLoader loader = getClass().getClassLoader();
    SQSEvent sqs =
        LambdaEventSerializers.serializerFor(SQSEvent.class, loader)
            .fromJson(new ByteArrayInputStream(messages("a", "b")));
    KinesisEvent kinesis =
        LambdaEventSerializers.serializerFor(KinesisEvent.class, loader)
            .fromJson(new ByteArrayInputStream(records("a", "b")));

    assertThat(sqs.getRecords()).extracting(SQSEvent.SQSMessage::getBody).containsExactly("a", "b");
    assertThat(kinesis.getRecords())
        .extracting(record -> record.getKinesis().getSequenceNumber())
        .containsExactly("49500", "49501");
  }

  @Test
  void only_the_messages_that_failed_come_again() throws Exception {
    byte[] answer = handler(new One()).handle(messages("a", "poison", "c"), FAR);

    assertThat(sqsFailures(answer)).containsExactly("m-1");
    assertThat(seen).containsExactly("a", "poison", "c");
  }

  @Test
  void a_batch_without_failures_is_answered_by_an_empty_list() throws Exception {
    assertThat(new String(handler(new One()).handle(messages("a"), FAR), StandardCharsets.UTF_8))
        .isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void messages_that_there_is_no_time_for_are_not_begun_and_come_again() throws Exception {
    byte[] answer = handler(new One()).handle(messages("slow", "b", "c"), FAR);

    assertThat(sqsFailures(answer)).containsExactly("m-1", "m-2");
    assertThat(seen).containsExactly("slow");
  }

  @Test
  void the_first_record_that_failed_is_named_and_nothing_behind_it_is_begun() throws Exception {
    byte[] answer = handler(new One()).handle(records("a", "poison", "c"), FAR);

    assertThat(kinesisFailures(answer)).containsExactly("49501");
    assertThat(seen).containsExactly("a", "poison");
  }

  @Test
  void a_function_of_lists_gets_some_records_at_a_time_and_the_first_of_the_failed_ones_is_named()
      throws Exception {
    String[] data =
        IntStream.range(0, 70).mapToObj(i -> i == 40 ? "poison" : "r" + i).toArray(String[]::new);

    byte[] answer = handler(new Many()).handle(records(data), FAR);

    assertThat(batches).containsExactly(32, 32);
    assertThat(kinesisFailures(answer)).containsExactly("4950" + 32);
  }

  @Test
  void records_that_there_is_no_time_for_come_again_from_the_first_of_them() throws Exception {
    String[] data =
        IntStream.range(0, 40).mapToObj(i -> i == 0 ? "slow" : "r" + i).toArray(String[]::new);

    byte[] answer = handler(new Many()).handle(records(data), FAR);

    assertThat(batches).containsExactly(32);
    assertThat(kinesisFailures(answer)).containsExactly("4950" + 32);
  }

  @Test
  void a_function_of_lists_can_read_a_queue_one_message_at_a_time() throws Exception {
    byte[] answer = handler(new Many()).handle(messages("a", "poison", "c"), FAR);

    assertThat(batches).containsExactly(1, 1, 1);
    assertThat(sqsFailures(answer)).containsExactly("m-1");
  }

  @Test
  void an_s3_event_is_handed_to_the_function_as_it_is_and_its_failure_is_the_invocation_s() {
    String s3 = "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\"}]}";

    assertThat(handler(new One()).handle(s3.getBytes(StandardCharsets.UTF_8), FAR))
        .asString()
        .isEqualTo("null");
    assertThat(seen).containsExactly(s3);
    EventHandler failing =
        handler(
            (Consumer<Message<byte[]>>)
                message -> {
                  throw new IllegalStateException("no");
                });
    assertThatThrownBy(() -> failing.handle(s3.getBytes(StandardCharsets.UTF_8), FAR))
        .hasMessage("no");
  }

  @Test
  @SuppressWarnings("unchecked")
  void each_queue_of_an_element_has_its_own_function() {
    List<String> replayed = new ArrayList<>();
    Consumer<Message<byte[]>> replay =
        new Consumer<>() {
          @Override
          public void accept(Message<byte[]> message) {
            replayed.add(new String(message.getPayload(), StandardCharsets.UTF_8));
          }
        };
    Functions functions =
        new Functions(
            java.util.Map.of("replays", Function.of((Consumer<Message<?>>) (Consumer<?>) replay)),
            Function.of((Consumer<Message<?>>) (Consumer<?>) new One()));
    EventHandler handler = new EventHandler(functions, Clock.fixed(NOW, ZoneOffset.UTC));

    handler.handle(LambdaEvents.sqs("replays", List.of(new QueueMessage("m", "again", 1))), FAR);
    handler.handle(LambdaEvents.sqs("files", List.of(new QueueMessage("m", "new", 1))), FAR);

    assertThat(replayed).containsExactly("again");
    assertThat(seen).containsExactly("new");
  }

  @Test
  void bytes_arrive_unchanged() {
    byte[] data = new byte[256];
    for (int i = 0; i < 256; i++) data[i] = (byte) i;
    List<byte[]> got = new ArrayList<>();
    Consumer<Message<List<byte[]>>> keep =
        new Consumer<>() {
          @Override
          public void accept(Message<List<byte[]>> message) {
            got.addAll(message.getPayload());
          }
        };

    handler(keep)
        .handle(
            LambdaEvents.kinesis("shardId-0", List.of(new StreamRecord("1", "key", data))), FAR);

    assertThat(got).singleElement().isEqualTo(data);
  }

  @Test
  void what_is_no_json_is_said_to_be_none() {
    assertThatThrownBy(() -> handler(new One()).handle(new byte[] {'{'}, FAR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void nothing_is_begun_in_the_last_quarter_at_most_in_the_last_20_seconds() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    assertThat(Deadline.of(NOW.plusSeconds(4), clock).isNear()).isFalse();
    assertThat(Deadline.of(NOW, clock).isNear()).isTrue();
    Deadline long15min =
        Deadline.of(NOW.plus(Duration.ofMinutes(15)), Clock.offset(clock, Duration.ZERO));
    assertThat(long15min.isNear()).isFalse();
  }
}
