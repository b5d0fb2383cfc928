// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import static aqueduct.backup.LocalS3.BACKUP;
import static aqueduct.backup.LocalS3.FOREIGN;
import static aqueduct.backup.LocalS3.INGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.contracts.Rejections;
import aqueduct.logs.LogFile;
import aqueduct.logs.notice.NoticeReader;
import aqueduct.wire.Rejection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.unit.DataSize;

/** Rows 1, 2 and 8 of the fault catalogue, and several records in one message. */
class BackupFunctionTest {
  private static LocalS3 s3;
  private final InMemoryRecordSink sink = new InMemoryRecordSink();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BackupFunction backup =
      new BackupFunction(
          new BackupProperties(
              Set.of(INGEST),
              BACKUP,
              List.of("logs/", "more/"),
              NoticeReader.AWS,
              true,
              new BackupProperties.Multipart(
                  DataSize.ofGigabytes(5), DataSize.ofMegabytes(512), Duration.ofHours(1)),
              Duration.ofMinutes(1)),
          s3.client,
          sink,
          meters);

  @BeforeAll
  static void start() {
    s3 = new LocalS3();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @BeforeEach
  void empty() {
    s3.clear();
  }

  @Test
  void an_s3_notification_moves_its_file() {
    s3.put(INGEST, "logs/a b.gz", "content");
    send(s3Event("aws:s3", "ObjectCreated:Put", INGEST, "logs/a+b.gz"));
    assertThat(s3.contents(BACKUP)).containsEntry("logs/a b.gz", "content");
    assertThat(s3.contents(INGEST)).isEmpty();
    assertThat(count("kept")).isEqualTo(1);
    send(s3Event("aws:s3", "ObjectCreated:Put", INGEST, "logs/a+b.gz"));
    assertThat(count("already_kept")).isEqualTo(1);
  }

  @Test
  void sns_eventbridge_and_bare_shapes_move_theirs() {
    s3.put(INGEST, "logs/sns", "1");
    s3.put(INGEST, "logs/bridge", "2");
    s3.put(INGEST, "logs/bare", "3");
    String inner = s3Event("aws:s3", "ObjectCreated:Copy", INGEST, "logs/sns");
    send("{\"Type\":\"Notification\",\"Message\":\"" + inner.replace("\"", "\\\"") + "\"}");
    send(
        "{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"detail\":{\"bucket\":{\"name\":\"ingest\"},\"object\":{\"key\":\"logs/bridge\"}}}");
    send("{\"bucket\":\"ingest\",\"key\":\"logs/bare\"}");
    assertThat(s3.contents(BACKUP)).containsOnlyKeys("logs/sns", "logs/bridge", "logs/bare");
    assertThat(s3.contents(INGEST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"ingest\"}",
        "{\"Records\":[]}",
        "removed"
      })
  void what_asks_for_nothing_is_acknowledged_and_counted(String body) {
    send(
        body.equals("removed")
            ? s3Event("aws:s3", "ObjectRemoved:Delete", INGEST, "logs/x")
            : body);
    assertThat(count("ignored")).isEqualTo(1);
    assertThat(Rejections.in(sink)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "not json", "{}", "[[[[", "{\"Records\":[{\"eventSource\":\"aws:sqs\"}]}"})
  void what_cannot_be_read_is_an_error_so_that_the_queue_gives_it_to_the_dead_letters(String body) {
    assertThatThrownBy(() -> send(body))
        .isInstanceOf(BackupFailedException.class)
        .hasMessageContaining("cannot be read")
        .hasMessageContaining("dead letters");
    assertThat(count("unreadable")).isEqualTo(1);
  }

  /** Row 8. */
  @Test
  void a_message_that_names_another_bucket_or_prefix_is_rejected_and_nothing_is_touched() {
    s3.put(FOREIGN, "logs/secret", "theirs");
    s3.put(INGEST, "private/key", "not a log");
    s3.put(BACKUP, "logs/kept", "kept");
    String forged = s3Event("aws:s3", "ObjectCreated:Put", FOREIGN, "logs/secret");
    send(forged);
    send(s3Event("aws:s3", "ObjectCreated:Put", INGEST, "private/key"));
    send(s3Event("aws:s3", "ObjectCreated:Put", BACKUP, "logs/kept"));
    assertThat(s3.contents(FOREIGN)).containsKey("logs/secret");
    assertThat(s3.contents(INGEST)).containsKey("private/key");
    assertThat(s3.contents(BACKUP)).containsOnlyKeys("logs/kept");
    assertThat(count("rejected")).isEqualTo(3);
    assertThat(Rejections.in(sink))
        .extracting(Rejection::getReason)
        .containsExactly("bucket_not_allowed", "prefix_not_allowed", "bucket_not_allowed");
    Rejection rejection = Rejections.in(sink).get(0);
    assertThat(rejection.getStage()).isEqualTo("backup");
    assertThat(rejection.getBucket()).isEqualTo(FOREIGN);
    assertThat(rejection.getKey()).isEqualTo("logs/secret");
    assertThat(rejection.getFileId())
        .isEqualTo(new LogFile(FOREIGN, "logs/secret", "e", 0).fileId());
    assertThat(rejection.getData().toStringUtf8()).isEqualTo(forged);
    assertThat(rejection.getMessage()).contains("aqueduct.backup.ingest-buckets");
  }

  @Test
  void an_eventbridge_key_is_allowed_only_if_both_its_readings_are() {
    s3.put(INGEST, "secret file", "x");
    send(
        "{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"detail\":{\"bucket\":{\"name\":\"ingest\"},\"object\":{\"key\":\"secret+file\"}}}");
    assertThat(count("rejected")).isEqualTo(1);
    assertThat(s3.contents(INGEST)).hasSize(1);
  }

  @Test
  void a_sender_that_is_not_on_the_list_is_not_believed() {
    s3.put(INGEST, "logs/x", "content");
    assertThatThrownBy(() -> send(s3Event("evil:s3", "ObjectCreated:Put", INGEST, "logs/x")))
        .hasMessageContaining("eventSource is 'evil:s3'");
    assertThat(s3.contents(INGEST)).containsKey("logs/x");
  }

  @Test
  void a_rejection_that_nobody_takes_brings_the_message_again() {
    sink.beforeSend(
        record -> {
          throw new IllegalStateException("the pipe takes nothing");
        });
    assertThatThrownBy(() -> send(s3Event("aws:s3", "ObjectCreated:Put", FOREIGN, "logs/secret")))
        .hasMessageContaining("takes nothing");
    assertThat(count("failed")).isEqualTo(1);
  }

  @Test
  void of_several_records_all_are_served_also_behind_one_that_fails_and_one_that_is_rejected() {
    s3.put(INGEST, "logs/one", "1");
    s3.put(INGEST, "logs/three", "3");
    String body =
        Stream.of("logs/one", "logs/missing", "elsewhere", "logs/three")
            .map(key -> record("aws:s3", "ObjectCreated:Put", INGEST, key))
            .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
    assertThatThrownBy(() -> send(body)).hasMessageContaining("'missing' is neither");
    assertThat(s3.contents(BACKUP)).containsOnlyKeys("logs/one", "logs/three");
    assertThat(List.of(count("kept"), count("failed"), count("rejected")))
        .containsExactly(2.0, 1.0, 1.0);
    s3.put(INGEST, "logs/missing", "late");
    send(body);
    assertThat(s3.contents(BACKUP)).hasSize(3);
  }

  private void send(String body) {
    backup.accept(MessageBuilder.withPayload(body.getBytes(StandardCharsets.UTF_8)).build());
  }

  private double count(String outcome) {
    return meters.counter("aqueduct.backup.files", "outcome", outcome).count();
  }

  static String s3Event(String source, String event, String bucket, String key) {
    return "{\"Records\":[" + record(source, event, bucket, key) + "]}";
  }

  private static String record(String source, String event, String bucket, String key) {
    String etag = bucket.equals(INGEST) ? "" : ",\"eTag\":\"e\"";
    return ("{\"eventVersion\":\"2.1\",\"eventSource\":\"%s\",\"eventName\":\"%s\","
            + "\"s3\":{\"bucket\":{\"name\":\"%s\"},\"object\":{\"key\":\"%s\"%s}}}")
        .formatted(source, event, bucket, key, etag);
  }
}
