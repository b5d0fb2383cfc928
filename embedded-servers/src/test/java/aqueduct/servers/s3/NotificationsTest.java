// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class NotificationsTest extends OnS3 {
  @Test
  void a_put_is_told_as_S3_tells_it() throws Exception {
    String eTag = put("2019/12/04/a b+c%d=é.gz", "bytes");
    JsonNode record = lastNotification();
    assertThat(record.path("eventVersion").asText()).isEqualTo("2.5");
    assertThat(record.path("eventSource").asText()).isEqualTo("aws:s3");
    assertThat(record.path("awsRegion").asText()).isEqualTo("us-east-1");
    assertThat(record.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
    assertThat(Instant.parse(record.path("eventTime").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat(record.at("/s3/bucket/name").asText()).isEqualTo("ingest");
    assertThat(record.at("/s3/bucket/arn").asText()).isEqualTo("arn:aws:s3:::ingest");
    JsonNode object = record.at("/s3/object");
    assertThat(object.path("key").asText()).isEqualTo("2019/12/04/a+b%2Bc%25d%3D%C3%A9.gz");
    assertThat(URLDecoder.decode(object.path("key").asText(), StandardCharsets.UTF_8))
        .isEqualTo("2019/12/04/a b+c%d=é.gz");
    assertThat(object.path("size").asInt()).isEqualTo(5);
    assertThat(object.path("eTag").asText()).isEqualTo(eTag.replace("\"", ""));
    assertThat(object.path("sequencer").asText()).matches("[0-9A-F]{18}");
  }

  @Test
  void sequencers_of_a_key_rise_also_over_a_restart() throws Exception {
    put("k", "1");
    String first = lastNotification().at("/s3/object/sequencer").asText();
    put("k", "2");
    String second = lastNotification().at("/s3/object/sequencer").asText();
    restart();
    put("k", "3");
    assertThat(lastNotification().at("/s3/object/sequencer").asText()).isGreaterThan(second);
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void a_copy_and_a_completed_upload_are_told_by_their_names() throws Exception {
    put("k", "bytes");
    s3.copyObject(
        b ->
            b.sourceBucket("ingest")
                .sourceKey("k")
                .destinationBucket("ingest")
                .destinationKey("copy"));
    assertThat(lastNotification().path("eventName").asText()).isEqualTo("ObjectCreated:Copy");
    assertThat(lastNotification().at("/s3/object/key").asText()).isEqualTo("copy");

    String id = s3.createMultipartUpload(b -> b.bucket("ingest").key("parts")).uploadId();
    String eTag =
        s3.uploadPart(
                b -> b.bucket("ingest").key("parts").uploadId(id).partNumber(1),
                RequestBody.fromString("x"))
            .eTag();
    int before = sent.size();
    s3.completeMultipartUpload(
        b ->
            b.bucket("ingest")
                .key("parts")
                .uploadId(id)
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag(eTag).build())));
    assertThat(sent).hasSize(before + 1);
    assertThat(lastNotification().path("eventName").asText())
        .isEqualTo("ObjectCreated:CompleteMultipartUpload");
    assertThat(lastNotification().at("/s3/object/eTag").asText()).endsWith("-1");
  }

  @Test
  void a_bucket_tells_only_its_own_queue_and_nothing_of_deletes() {
    put("k", "bytes");
    s3.copyObject(
        b ->
            b.sourceBucket("ingest")
                .sourceKey("k")
                .destinationBucket("backup")
                .destinationKey("k"));
    s3.deleteObject(b -> b.bucket("ingest").key("k"));
    assertThat(sent)
        .filteredOn(m -> m.contains("Records"))
        .hasSize(1)
        .allMatch(m -> m.startsWith("arrived-files "));
  }

  @Test
  void a_queue_gets_the_test_event_once() throws Exception {
    assertThat(sent)
        .hasSize(1)
        .allMatch(
            m -> m.contains("\"Event\":\"s3:TestEvent\"") && m.contains("\"Bucket\":\"ingest\""));
    restart();
    assertThat(sent).hasSize(1);
  }

  @Test
  void what_is_in_a_bucket_can_be_told_again() throws Exception {
    put("a", "1");
    put("b", "2");
    sent.clear();
    assertThat(server.renotify("ingest")).isEqualTo(2);
    assertThat(sent).hasSize(2);
    assertThat(lastNotification().at("/s3/object/key").asText()).isEqualTo("b");
  }
}
