// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import static aqueduct.servers.s3.OnS3.status;
import static aqueduct.servers.s3.OnS3.winners;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What any S3 must refuse for the elements: to overwrite, copy or delete what has changed. */
abstract class S3Conditions {
  final String ingest = "ingest-" + UUID.randomUUID();
  final String backup = "backup-" + UUID.randomUUID();

  abstract S3Client s3();

  @BeforeEach
  void freshBuckets() {
    s3().createBucket(b -> b.bucket(ingest));
    s3().createBucket(b -> b.bucket(backup));
  }

  private String put(String key, String text) {
    return s3().putObject(b -> b.bucket(ingest).key(key), RequestBody.fromString(text)).eTag();
  }

  private String text(String key) {
    return s3().getObjectAsBytes(b -> b.bucket(ingest).key(key)).asUtf8String();
  }

  @Test
  void of_40_creators_at_once_one_wins() throws Exception {
    int winners =
        winners(
            40,
            () ->
                s3().putObject(
                        b -> b.bucket(ingest).key("race").ifNoneMatch("*"),
                        RequestBody.fromString("1")));
    assertThat(winners).isEqualTo(1);
  }

  @Test
  void of_40_writers_over_the_same_version_one_wins() throws Exception {
    String version = put("k", "0");
    int winners =
        winners(
            40,
            () ->
                s3().putObject(
                        b -> b.bucket(ingest).key("k").ifMatch(version),
                        RequestBody.fromString(Thread.currentThread().getName())));
    assertThat(winners).isEqualTo(1);
  }

  @Test
  void of_40_deleters_of_the_same_version_one_wins() throws Exception {
    String version = put("k", "0");
    assertThat(
            winners(40, () -> s3().deleteObject(b -> b.bucket(ingest).key("k").ifMatch(version))))
        .isEqualTo(1);
  }

  @Test
  void a_delete_of_another_version_is_refused_and_removes_nothing() {
    String first = put("k", "first");
    String second = put("k", "second");
    assertThatThrownBy(() -> s3().deleteObject(b -> b.bucket(ingest).key("k").ifMatch(first)))
        .satisfies(e -> assertThat(status(e)).isEqualTo(412));
    assertThat(text("k")).isEqualTo("second");
    s3().deleteObject(b -> b.bucket(ingest).key("k").ifMatch(second));
    assertThatThrownBy(() -> text("k")).satisfies(e -> assertThat(status(e)).isEqualTo(404));
  }

  @Test
  void a_write_over_another_version_is_refused() {
    String first = put("k", "first");
    put("k", "second");
    assertThatThrownBy(
            () ->
                s3().putObject(
                        b -> b.bucket(ingest).key("k").ifMatch(first),
                        RequestBody.fromString("third")))
        .satisfies(e -> assertThat(status(e)).isEqualTo(412));
    assertThatThrownBy(
            () ->
                s3().putObject(
                        b -> b.bucket(ingest).key("none").ifMatch(first),
                        RequestBody.fromString("x")))
        .satisfies(e -> assertThat(status(e)).isEqualTo(404));
    assertThat(text("k")).isEqualTo("second");
  }

  @Test
  void of_40_copies_that_must_create_one_wins() throws Exception {
    put("source", "bytes");
    int winners =
        winners(
            40,
            () ->
                s3().copyObject(
                        b ->
                            b.sourceBucket(ingest)
                                .sourceKey("source")
                                .destinationBucket(backup)
                                .destinationKey("copy")
                                .ifNoneMatch("*")));
    assertThat(winners).isEqualTo(1);
  }

  @Test
  void a_copy_of_another_version_is_refused() {
    String first = put("source", "first");
    put("source", "second");
    assertThatThrownBy(
            () ->
                s3().copyObject(
                        b ->
                            b.sourceBucket(ingest)
                                .sourceKey("source")
                                .destinationBucket(backup)
                                .destinationKey("copy")
                                .copySourceIfMatch(first)))
        .satisfies(e -> assertThat(status(e)).isEqualTo(412));
    put("target", "there");
    assertThatThrownBy(
            () ->
                s3().copyObject(
                        b ->
                            b.sourceBucket(ingest)
                                .sourceKey("source")
                                .destinationBucket(ingest)
                                .destinationKey("target")
                                .ifMatch(first)))
        .satisfies(e -> assertThat(status(e)).isEqualTo(412));
    assertThat(text("target")).isEqualTo("there");
  }

  @Test
  void a_multipart_upload_that_must_create_is_refused_where_there_is_an_object() {
    put("k", "there");
    String id = s3().createMultipartUpload(b -> b.bucket(ingest).key("k")).uploadId();
    String part =
        s3().uploadPart(
                b -> b.bucket(ingest).key("k").uploadId(id).partNumber(1),
                RequestBody.fromString("part"))
            .eTag();
    CompletedMultipartUpload parts =
        CompletedMultipartUpload.builder()
            .parts(CompletedPart.builder().partNumber(1).eTag(part).build())
            .build();
    assertThatThrownBy(
            () ->
                s3().completeMultipartUpload(
                        b ->
                            b.bucket(ingest)
                                .key("k")
                                .uploadId(id)
                                .multipartUpload(parts)
                                .ifNoneMatch("*")))
        .satisfies(e -> assertThat(status(e)).isEqualTo(412));
    assertThat(text("k")).isEqualTo("there");
  }

  @Test
  void a_read_says_whether_what_the_reader_has_is_still_right() {
    String version = put("k", "text");
    assertThatThrownBy(
            () -> s3().getObjectAsBytes(b -> b.bucket(ingest).key("k").ifNoneMatch(version)))
        .satisfies(e -> assertThat(status(e)).isEqualTo(304));
    assertThatThrownBy(
            () -> s3().getObjectAsBytes(b -> b.bucket(ingest).key("k").ifMatch("\"other\"")))
        .satisfies(e -> assertThat(status(e)).isEqualTo(412));
    assertThat(
            s3().getObjectAsBytes(b -> b.bucket(ingest).key("k").ifMatch(version)).asUtf8String())
        .isEqualTo("text");
  }
}
