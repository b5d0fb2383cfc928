// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.contracts.InMemoryFileLedger;
import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.contracts.Rejections;
import aqueduct.logs.FileLedger.Claim.Claimed;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecoveredLines;
import aqueduct.logs.notice.ReplayOrder;
import aqueduct.logs.notice.ReplayOrder.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.messaging.support.GenericMessage;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A kept file goes through again; whatever was counted stays counted once. */
class ReplayFunctionTest {
  private static final byte[] CONTENT =
      "#Version: 1.0\n#Fields: date time sc-status cs-uri-stem\n2026-11-23\t10:00:00\t200\t/a\ndamaged\n2026-11-23\t10:00:02\t200\t/c\n"
          .getBytes(UTF_8);
  private static final String KEY = "E1.2026-11-23-10.abc";
  private static final StreamSettings SETTINGS = Workers.named("a");

  @TempDir static Path directory;
  private final InMemoryRecordSink sink = new InMemoryRecordSink();
  private final InMemoryFileLedger ledger = new InMemoryFileLedger();
  private aqueduct.servers.s3.S3Server server;
  private S3Client s3;
  private LogFile file;

  @BeforeEach
  void start() throws Exception {
    server =
        aqueduct.servers.s3.S3Server.start(
            directory, 0, "us-east-1", Clock.systemUTC(), Map.of("backup", ""), (q, b) -> {});
    s3 =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
    String etag =
        s3.putObject(r -> r.bucket("backup").key(KEY), RequestBody.fromBytes(CONTENT)).eTag();
    file = new LogFile("backup", KEY, etag.replace("\"", ""), CONTENT.length);
  }

  @AfterEach
  void stop() throws Exception {
    s3.close();
    server.close();
  }

  private void replay(ReplayOrder order) {
    new ReplayFunction(
            "backup",
            new ReplayableFiles(new KeptFiles(s3), ledger),
            SETTINGS,
            sink,
            new SimpleMeterRegistry())
        .accept(new GenericMessage<>(order.toJson().getBytes(UTF_8)));
  }

  private List<String> keys() {
    return sink.records("raw-logs").stream().map(PackedRecord::partitionKey).toList();
  }

  @Test
  void a_whole_file_gives_the_very_chunks_that_streamify_gave() {
    InMemoryRecordSink first = new InMemoryRecordSink();
    new FileStream(
            SETTINGS, new InMemoryFileLedger(), first, new SimpleMeterRegistry(), Clock.systemUTC())
        .run(new KeptFile(file, () -> new ByteArrayInputStream(CONTENT)));
    replay(new ReplayOrder("backup", KEY, Scope.CHUNKS, List.of()));
    assertThat(sink.records("raw-logs"))
        .usingRecursiveComparison()
        .isEqualTo(first.records("raw-logs"));
  }

  @Test
  void lines_come_back_each_under_an_id_of_its_own_however_often_they_are_ordered() {
    String own = HexFormat.of().toHexDigits(RecoveredLines.fileId(file.fileId()));
    replay(new ReplayOrder("backup", KEY, Scope.LINES, List.of(5)));
    replay(new ReplayOrder("backup", KEY, Scope.ALL_LINES, List.of()));
    assertThat(keys()).containsExactly(own + "/5", own + "/3", own + "/5");
  }

  @Test
  void a_line_that_still_cannot_be_read_is_rejected_again() {
    replay(new ReplayOrder("backup", KEY, Scope.LINES, List.of(4)));
    assertThat(keys()).isEmpty();
    assertThat(Rejections.in(sink)).extracting(r -> r.getLine()).containsExactly(4);
  }

  @Test
  void what_an_erasure_left_of_a_file_was_counted_before_and_is_not_replayed() {
    Instant now = Instant.parse("2026-11-23T10:00:00Z");
    Claimed claim = (Claimed) ledger.claim(file, "erasure", now, Duration.ofMinutes(1));
    FileSummary left =
        new FileSummary(0, 0, 0, 0, Optional.of(now), Optional.of(now), Optional.empty());
    assertThat(ledger.finish(claim, left, now)).isTrue();
    replay(new ReplayOrder("backup", KEY, Scope.CHUNKS, List.of()));
    replay(new ReplayOrder("backup", KEY, Scope.ALL_LINES, List.of()));
    assertThat(keys()).isEmpty();
  }

  @Test
  void an_order_for_another_bucket_or_a_file_that_is_not_there_is_refused_by_name() {
    assertThatThrownBy(() -> replay(new ReplayOrder("foreign", KEY, Scope.CHUNKS, List.of())))
        .hasMessageContaining("foreign")
        .hasMessageContaining("aqueduct.streamify.bucket");
    assertThatThrownBy(() -> replay(new ReplayOrder("backup", "gone", Scope.CHUNKS, List.of())))
        .hasMessageContaining("gone");
  }
}
