// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

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

  /** URL-encoded, as XML cannot carry every character; the SDK decodes. */
  private List<String> keys() {
    return s3
        .listObjectsV2Paginator(b -> b.bucket("ingest").encodingType(EncodingType.URL))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  @Test
  void an_eTag_is_the_md5_and_survives_a_restart_with_the_rest() throws Exception {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    s3.putObject(
        b ->
            b.bucket("ingest")
                .key("k")
                .contentType("application/gzip")
                .metadata(Map.of("origin", "cdn")),
        RequestBody.fromBytes(bytes));
    restart();
    var head = s3.headObject(b -> b.bucket("ingest").key("k"));
    assertThat(head.eTag())
        .isEqualTo(
            "\"" + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes)) + "\"");
    assertThat(head.contentType()).isEqualTo("application/gzip");
    assertThat(head.metadata()).containsEntry("origin", "cdn");
    assertThat(s3.getObjectAsBytes(b -> b.bucket("ingest").key("k")).asByteArray())
        .isEqualTo(bytes);
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
  void a_body_that_breaks_off_leaves_what_was_there() throws Exception {
    put("k", "before");
    try (Socket socket = new Socket("127.0.0.1", server.endpoint().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("PUT /ingest/k HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nhalf")
                  .getBytes(UTF_8));
      socket.getOutputStream().flush();
      Awaitility.await().until(() -> files("buckets/ingest/objects").size() == 2);
    }
    Awaitility.await().until(() -> files("buckets/ingest/objects").size() == 1);
    assertThat(text("k")).isEqualTo("before");
  }

  @Test
  void a_wrong_checksum_is_refused_and_leaves_nothing() throws Exception {
    assertThatThrownBy(
            () ->
                s3.putObject(
                    b -> b.bucket("ingest").key("k").contentMD5("AAAAAAAAAAAAAAAAAAAAAA=="),
                    RequestBody.fromString("x")))
        .satisfies(e -> assertThat(status(e)).isEqualTo(400));
    assertThatThrownBy(
            () ->
                s3.putObject(
                    b -> b.bucket("ingest").key("k").checksumCRC32("AAAAAA=="),
                    RequestBody.fromString("x")))
        .satisfies(e -> assertThat(status(e)).isEqualTo(400));
    assertThat(files("buckets/ingest/objects")).isEmpty();
  }

  @Test
  void a_reader_sees_one_version_whole_while_it_is_replaced() throws Exception {
    put("k", "0".repeat(300_000));
    AtomicBoolean done = new AtomicBoolean();
    var writer = Executors.newSingleThreadExecutor();
    Future<?> writing =
        writer.submit(
            () -> {
              for (int i = 0; i < 60; i++) put("k", Integer.toString(i % 10).repeat(300_000));
              done.set(true);
            });
    int read = 0;
    while (!done.get()) {
      String text = text("k");
      assertThat(text).hasSize(300_000);
      assertThat(text.chars().distinct().count()).isEqualTo(1);
      read++;
    }
    writing.get();
    writer.shutdown();
    assertThat(read).isPositive();
    assertThat(files("buckets/ingest/objects")).hasSize(1);
  }

  @Test
  void a_line_of_the_index_that_a_killed_process_left_is_cut() throws Exception {
    put("whole", "x");
    stop();
    Path index = data.resolve("buckets/ingest/index.jsonl");
    Files.writeString(index, "{\"put\":{\"key\":\"half", StandardOpenOption.APPEND);
    Path orphan =
        Files.createDirectories(data.resolve("buckets/ingest/objects/ff")).resolve("orphan");
    Files.writeString(orphan, "bytes without a line");
    start();
    assertThat(keys()).containsExactly("whole");
    put("next", "y");
    restart();
    assertThat(keys()).containsExactly("next", "whole");
    assertThat(orphan).doesNotExist();
  }

  @Test
  void an_index_of_many_changes_is_written_anew() throws Exception {
    for (int i = 0; i < 1_100; i++) put("k" + i % 3, "" + i);
    restart();
    assertThat(Files.readAllLines(data.resolve("buckets/ingest/index.jsonl"))).hasSize(3);
    assertThat(text("k1")).isEqualTo("1099");
    put("k1", "again");
    restart();
    assertThat(text("k1")).isEqualTo("again");
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

  private List<Path> files(String directory) throws Exception {
    try (Stream<Path> files = Files.walk(data.resolve(directory))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
