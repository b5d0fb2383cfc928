// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads in parts, ended and given up. */
class UploadsInPartsTest extends OnS3 {
  @Test
  void an_upload_in_parts_becomes_one_object_also_of_parts_of_others() throws Exception {
    byte[] first = new byte[5 << 20];
    new Random(2).nextBytes(first);
    put("tail", "xxtail");
    String id =
        s3.createMultipartUpload(b -> b.bucket("ingest").key("k").contentType("text/x")).uploadId();
    String one =
        s3.uploadPart(
                b -> b.bucket("ingest").key("k").uploadId(id).partNumber(1),
                RequestBody.fromBytes(first))
            .eTag();
    String two =
        s3.uploadPartCopy(
                b ->
                    b.sourceBucket("ingest")
                        .sourceKey("tail")
                        .copySourceRange("bytes=2-5")
                        .destinationBucket("ingest")
                        .destinationKey("k")
                        .uploadId(id)
                        .partNumber(2))
            .copyPartResult()
            .eTag();
    assertThat(s3.listParts(b -> b.bucket("ingest").key("k").uploadId(id)).parts()).hasSize(2);
    assertThat(s3.listMultipartUploads(b -> b.bucket("ingest")).uploads()).hasSize(1);
    restart();
    s3.completeMultipartUpload(
        b ->
            b.bucket("ingest")
                .key("k")
                .uploadId(id)
                .multipartUpload(m -> m.parts(part(1, one), part(2, two))));

    MessageDigest md5 = MessageDigest.getInstance("MD5");
    md5.update(HexFormat.of().parseHex(one.replace("\"", "")));
    md5.update(HexFormat.of().parseHex(two.replace("\"", "")));
    var whole = s3.getObjectAsBytes(b -> b.bucket("ingest").key("k"));
    assertThat(whole.response().eTag())
        .isEqualTo("\"" + HexFormat.of().formatHex(md5.digest()) + "-2\"");
    assertThat(whole.response().contentType()).isEqualTo("text/x");
    assertThat(whole.asByteArray()).hasSize(first.length + 4).endsWith("tail".getBytes(UTF_8));
    assertThat(s3.listMultipartUploads(b -> b.bucket("ingest")).uploads()).isEmpty();
    s3.copyObject(
        b ->
            b.sourceBucket("ingest")
                .sourceKey("k")
                .destinationBucket("backup")
                .destinationKey("k"));
    assertThat(s3.headObject(b -> b.bucket("backup").key("k")).eTag())
        .isEqualTo(
            "\""
                + HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(whole.asByteArray()))
                + "\"");
  }

  @Test
  void an_aborted_upload_leaves_nothing() throws Exception {
    String id = s3.createMultipartUpload(b -> b.bucket("ingest").key("k")).uploadId();
    s3.uploadPart(
        b -> b.bucket("ingest").key("k").uploadId(id).partNumber(1), RequestBody.fromString("x"));
    s3.abortMultipartUpload(b -> b.bucket("ingest").key("k").uploadId(id));
    assertThat(files("buckets/ingest/uploads")).isEmpty();
    assertThatThrownBy(
            () ->
                s3.uploadPart(
                    b -> b.bucket("ingest").key("k").uploadId(id).partNumber(1),
                    RequestBody.fromString("x")))
        .satisfies(e -> assertThat(status(e)).isEqualTo(404));
  }

  private static CompletedPart part(int number, String eTag) {
    return CompletedPart.builder().partNumber(number).eTag(eTag).build();
  }
}
