// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects by name: put, read, copied, listed and deleted. */
class ObjectsTest extends OnS3 {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.gz", "a b+c%2B%d.gz", "ü/日本/\uD83D\uDE00.gz", "/leading", "trailing/", "a//b", "..",
            "a/../b", "./x",
        "a", "a/b", "a/b/c", ".hidden", "*?\"<>|:\\", "=+-_.~!@#$&'(),;", "\u0001\u007f",
            "index.jsonl", "uploads"
      })
  void a_key_of_any_text_names_its_own_object(String key) {
    put("a", "neighbour");
    put("b", "neighbour");
    String eTag = put(key, "bytes of " + key);
    assertThat(text(key)).isEqualTo("bytes of " + key);
    assertThat(s3.headObject(b -> b.bucket("ingest").key(key)).eTag()).isEqualTo(eTag);
    assertThat(keys()).contains(key);
    s3.copyObject(
        b ->
            b.sourceBucket("ingest")
                .sourceKey(key)
                .destinationBucket("backup")
                .destinationKey(key));
    assertThat(s3.getObjectAsBytes(b -> b.bucket("backup").key(key)).asUtf8String())
        .isEqualTo("bytes of " + key);
    s3.deleteObject(b -> b.bucket("ingest").key(key));
    assertThat(keys()).doesNotContain(key);
    if (!key.equals("b")) assertThat(text("b")).isEqualTo("neighbour");
  }

  @Test
  void a_key_has_at_most_1024_bytes_in_one_piece_or_many() {
    for (String key : List.of("k".repeat(1_024), "ü".repeat(512), "a/".repeat(512))) {
      put(key, "x");
      assertThat(text(key)).isEqualTo("x");
    }
    assertThatThrownBy(() -> put("k".repeat(1_025), "x"))
        .satisfies(e -> assertThat(status(e)).isEqualTo(400));
  }

  @Test
  void a_copy_takes_the_metadata_or_gets_its_own() {
    s3.putObject(
        b -> b.bucket("ingest").key("k").metadata(Map.of("a", "1")), RequestBody.fromString("x"));
    s3.copyObject(
        b ->
            b.sourceBucket("ingest")
                .sourceKey("k")
                .destinationBucket("backup")
                .destinationKey("same"));
    s3.copyObject(
        b ->
            b.sourceBucket("ingest")
                .sourceKey("k")
                .destinationBucket("backup")
                .destinationKey("own")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("b", "2")));
    assertThat(s3.headObject(b -> b.bucket("backup").key("same")).metadata())
        .isEqualTo(Map.of("a", "1"));
    assertThat(s3.headObject(b -> b.bucket("backup").key("own")).metadata())
        .isEqualTo(Map.of("b", "2"));
    s3.deleteObject(b -> b.bucket("ingest").key("k"));
    assertThat(s3.getObjectAsBytes(b -> b.bucket("backup").key("same")).asUtf8String())
        .isEqualTo("x");
  }

  @Test
  void a_range_is_a_part_of_the_bytes() {
    put("k", "0123456789");
    assertThat(range("bytes=2-4")).isEqualTo("234");
    assertThat(range("bytes=7-")).isEqualTo("789");
    assertThat(range("bytes=-2")).isEqualTo("89");
    assertThat(range("bytes=5-99")).isEqualTo("56789");
    assertThatThrownBy(() -> range("bytes=10-"))
        .satisfies(e -> assertThat(status(e)).isEqualTo(416));
  }

  private String range(String range) {
    return s3.getObjectAsBytes(b -> b.bucket("ingest").key("k").range(range)).asUtf8String();
  }

  @Test
  void names_are_listed_in_the_order_of_their_bytes_in_pages_and_by_folders() {
    List<String> keys =
        List.of("a", "a/1", "a/2", "a/b/3", "a0", "b/1", "z", "\uFF5E", "\uD83D\uDE00");
    new ArrayList<>(keys).forEach(k -> put(k, k));
    assertThat(keys()).containsExactlyElementsOf(keys);
    assertThat(
            s3.listObjectsV2Paginator(b -> b.bucket("ingest").maxKeys(2)).contents().stream()
                .map(S3Object::key))
        .containsExactlyElementsOf(keys);
    var top = s3.listObjectsV2Paginator(b -> b.bucket("ingest").delimiter("/").maxKeys(2));
    assertThat(top.commonPrefixes().stream().map(CommonPrefix::prefix)).containsExactly("a/", "b/");
    assertThat(top.contents().stream().map(S3Object::key))
        .containsExactly("a", "a0", "z", "\uFF5E", "\uD83D\uDE00");
    var within = s3.listObjectsV2(b -> b.bucket("ingest").prefix("a/").delimiter("/"));
    assertThat(within.contents()).extracting(S3Object::key).containsExactly("a/1", "a/2");
    assertThat(within.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/b/");
    assertThat(s3.listObjectsV2(b -> b.bucket("ingest").startAfter("a/2")).contents().get(0).key())
        .isEqualTo("a/b/3");
    assertThat(s3.listObjects(b -> b.bucket("ingest").marker("b/1")).contents().get(0).key())
        .isEqualTo("z");
  }

  @Test
  void many_are_deleted_at_once() {
    for (int i = 0; i < 20; i++) put("k" + i, "x");
    s3.deleteObjects(
        b ->
            b.bucket("ingest")
                .delete(
                    d ->
                        d.objects(
                            Stream.iterate(0, i -> i + 1)
                                .limit(19)
                                .map(
                                    i ->
                                        software.amazon.awssdk.services.s3.model.ObjectIdentifier
                                            .builder()
                                            .key("k" + i)
                                            .build())
                                .toList())));
    assertThat(keys()).containsExactly("k19");
  }

  @Test
  void what_is_not_there_is_said() {
    assertThatThrownBy(() -> text("none")).isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(() -> s3.listObjectsV2(b -> b.bucket("none-such")))
        .isInstanceOf(NoSuchBucketException.class);
    put("k", "x");
    assertThatThrownBy(() -> s3.deleteBucket(b -> b.bucket("ingest")))
        .satisfies(e -> assertThat(status(e)).isEqualTo(409));
    s3.createBucket(b -> b.bucket("another"));
    assertThat(s3.listBuckets().buckets())
        .extracting(b -> b.name())
        .containsExactly("another", "backup", "ingest");
    s3.deleteBucket(b -> b.bucket("another"));
  }
}
