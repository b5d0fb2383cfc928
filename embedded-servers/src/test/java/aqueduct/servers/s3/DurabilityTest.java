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
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** What stays of an object when its server, its writer or its bytes break. */
class DurabilityTest extends OnS3 {
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
}
