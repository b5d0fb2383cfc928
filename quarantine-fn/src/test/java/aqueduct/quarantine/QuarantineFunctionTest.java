// SPDX-License-Identifier: Apache-2.0
package aqueduct.quarantine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.logs.PackedRecord;
import aqueduct.logs.RejectionPacker;
import aqueduct.servers.s3.S3Server;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.messaging.support.GenericMessage;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Rejections are kept once, where a query engine would look for them. */
class QuarantineFunctionTest {
  @TempDir Path directory;
  private S3Server server;
  private S3Client s3;
  private QuarantineFunction quarantine;

  @BeforeEach
  void start() throws Exception {
    server =
        S3Server.start(
            directory, 0, "us-east-1", Clock.systemUTC(), Map.of("rejected", ""), (q, b) -> {});
    s3 = client(server.endpoint());
    quarantine =
        new QuarantineFunction(new KeptRejections(s3, "rejected"), new SimpleMeterRegistry());
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }

  @AfterEach
  void stop() throws Exception {
    s3.close();
    server.close();
  }

  private static Rejection rejection(String reason, int line) {
    return Rejection.newBuilder()
        .setStage("streamify")
        .setReason(reason)
        .setKey("logs/E1.2026-11-23-10.abc.gz")
        .setFileId(7)
        .setLine(line)
        .setLines(1)
        .setData(ByteString.copyFromUtf8("line " + line))
        .build();
  }

  private void accept(byte[]... records) {
    quarantine.accept(new GenericMessage<>(List.of(records)));
  }

  private static byte[] record(Rejection... rejections) {
    List<PackedRecord> records = RejectionPacker.pack(List.of(rejections));
    assertThat(records).hasSize(1);
    return records.get(0).data();
  }

  private Map<String, String> kept() {
    Map<String, String> objects = new TreeMap<>();
    s3.listObjectsV2Paginator(r -> r.bucket("rejected"))
        .contents()
        .forEach(
            o ->
                objects.put(
                    o.key(),
                    s3.getObjectAsBytes(r -> r.bucket("rejected").key(o.key()))
                        .asString(ISO_8859_1)));
    return objects;
  }

  @Test
  void rejections_are_kept_by_the_day_of_their_file_stage_and_reason_a_line_each() {
    accept(record(rejection("bad_date", 3), rejection("too_few_columns", 4)));
    assertThat(kept().keySet())
        .anyMatch(k -> k.startsWith("day=2026-11-23/stage=streamify/reason=bad_date/"))
        .anyMatch(k -> k.startsWith("day=2026-11-23/stage=streamify/reason=too_few_columns/"))
        .hasSize(2);
    assertThat(kept().values()).allMatch(body -> body.endsWith("\n") && body.contains("line "));
  }

  @Test
  void the_same_records_in_other_batches_change_nothing() {
    byte[] first = record(rejection("bad_date", 3));
    byte[] second = record(rejection("bad_date", 4));
    accept(first, second);
    Map<String, String> once = kept();
    accept(second);
    accept(second, first);
    assertThat(kept()).isEqualTo(once).hasSize(2);
  }

  @Test
  void a_name_from_outside_chooses_no_other_place() {
    accept(record(rejection("../../x=1/y", 3).toBuilder().setStage("/").setKey("none").build()));
    assertThat(kept().keySet())
        .singleElement()
        .asString()
        .startsWith("day=unknown/stage=_/reason=______x_1_y/");
  }

  @Test
  void a_record_that_cannot_be_read_is_kept_as_it_is_and_the_rest_goes_on() {
    byte[] corrupt = record(rejection("bad_date", 3));
    corrupt[corrupt.length - 1]++;
    accept(corrupt, record(rejection("bad_date", 4)));
    assertThat(kept().keySet()).hasSize(2).anyMatch(k -> k.startsWith("unreadable/"));
  }

  @Test
  void while_the_store_does_not_answer_the_batch_is_not_done() {
    quarantine =
        new QuarantineFunction(
            new KeptRejections(client(URI.create("http://127.0.0.1:1")), "rejected"),
            new SimpleMeterRegistry());
    assertThatThrownBy(() -> accept(record(rejection("bad_date", 3))))
        .isInstanceOf(software.amazon.awssdk.core.exception.SdkException.class);
  }
}
