// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static aqueduct.logs.LogObjects.GZIP;
import static aqueduct.logs.LogObjects.TEXT;
import static aqueduct.logs.LogObjects.line;
import static aqueduct.logs.LogObjects.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Golden case 9, FAULTS rows 15, 17, 20 and 22: files of nothing, of too much, and of something
 * else.
 */
class UnusualFileTest {
  @Test
  void an_empty_object_and_a_header_alone_are_nothing_and_no_problem() {
    for (byte[] object :
        List.of(
            new byte[0],
            Streamed.gzip(new byte[0]),
            text(0),
            Streamed.gzip(text(0)),
            "#Version: 1.0".getBytes(StandardCharsets.UTF_8),
            "\n\r\n".getBytes(StandardCharsets.UTF_8))) {
      Streamed streamed = Streamed.of(object);

      assertThat(streamed.summary())
          .isEqualTo(
              new FileSummary(
                  0,
                  0,
                  0,
                  0,
                  java.util.Optional.empty(),
                  java.util.Optional.empty(),
                  java.util.Optional.empty()));
      assertThat(streamed.rejections).isEmpty();
    }
  }

  @Test
  void a_bomb_stops_at_the_ratio() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(TEXT);
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 100; i++) {
        gzip.write(zeros);
      }
    }

    Streamed streamed = Streamed.of(out.toByteArray());

    assertThat(streamed.events).hasSize(40);
    assertThat(streamed.reasons()).containsExactly("too_long", "too_compressed");
    assertThat(streamed.summary().problem()).contains("too_compressed");
  }

  @Test
  void a_file_over_the_limit_stops_there_and_gives_the_same_however_it_is_read() {
    ReadLimits limits = new ReadLimits(20_000, 200, 1_000);
    LogFile file = new LogFile("kept", "key", "etag", GZIP.length);
    Streamed streamed = Streamed.of(file, new NetworkStream(GZIP, 1), Codec.ZSTD, limits);
    Streamed again = Streamed.of(file, new ByteArrayInputStream(GZIP), Codec.ZSTD, limits);

    assertThat(TEXT.length).isEqualTo(text(40).length).isLessThan(20_000);
    assertThat(streamed.rejections).isEmpty();
    ReadLimits lower = new ReadLimits(TEXT.length - 1, 200, 1_000);
    streamed = Streamed.of(file, new NetworkStream(GZIP, 1), Codec.ZSTD, lower);
    again = Streamed.of(file, new ByteArrayInputStream(GZIP), Codec.ZSTD, lower);
    assertThat(streamed.reasons()).containsExactly("too_many_bytes");
    assertThat(streamed.events).hasSize(39).isEqualTo(again.events);
    assertThat(
            Streamed.of(
                    file,
                    new ByteArrayInputStream(GZIP),
                    Codec.ZSTD,
                    new ReadLimits(TEXT.length, 200, 1_000))
                .rejections)
        .isEmpty();
  }

  @Test
  void a_line_over_256_kib_is_rejected_alone_with_64_kib_of_it() {
    int limit = 256 << 10;
    String good = line("/good");
    for (int length : new int[] {limit + 1, limit + 70_000, 1 << 20, 5 << 20}) {
      Streamed streamed =
          Streamed.text(
              good, "x".repeat(length), good, "y".repeat(length) + "\r", good, "z".repeat(length));

      assertThat(streamed.reasons()).containsExactly("too_long", "too_long", "too_long");
      assertThat(streamed.events).hasSize(3);
      assertThat(streamed.rejections).allMatch(r -> r.getData().size() == 65_536);
      assertThat(streamed.rejections.get(0).getDataLength()).isEqualTo(length);
      assertThat(streamed.rejections).extracting(r -> r.getLine()).containsExactly(2, 4, 6);
    }
    String longest = good.replace("/good", "/" + "p".repeat(limit - good.length() + 4));
    assertThat(longest).hasSize(limit);
    assertThat(Streamed.text(good, longest).events).hasSize(2);
    assertThat(Streamed.text(good, longest + "p").reasons()).containsExactly("too_long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"date\":\"2019-12-04\",\"cs(Host)\":\"x\"}\n"
            + "{\"date\":\"2019-12-05\"}\n"
            + "|json_without_request|2",
        "\u00ef\u00bb\u00bf {\"date\":1}|json_without_request|1",
        "PAR1\u0015\u0004\u0015|parquet_not_readable|1",
        "#Version: 1.0\n"
            + "#Fields: date time x-edge-location c-ip x-event sc-bytes x-cf-status x-sname\n"
            + "2010-03-12\t23:51:20\tSEA4\t192.0.2.147\tconnect\t2014\tOK\t-\n"
            + "|rtmp_not_supported|1",
        "#Version: 1.0\n#Fields: time sc-status\n21:02:31\t200\n|missing_columns|1",
        "name\tvalue\na\t1\nb\t2|not_a_cloudfront_log|3",
        "\u0089PNG\n\u001a\n|not_a_cloudfront_log|2",
        "127.0.0.1 - - [10/Okt/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200"
            + " 2326|not_a_cloudfront_log|1",
      })
  void a_file_of_another_format_is_one_rejection_that_accounts_for_all_lines(String test) {
    String[] parts = test.split("\\|");
    byte[] bytes = parts[0].getBytes(StandardCharsets.ISO_8859_1);
    for (byte[] object : List.of(bytes, Streamed.gzip(bytes))) {
      Streamed streamed = Streamed.of(object);

      assertThat(streamed.reasons()).containsExactly(parts[1]);
      assertThat(streamed.summary().problem()).contains(parts[1]);
      assertThat(streamed.summary().lines()).isEqualTo(Long.parseLong(parts[2]));
      assertThat(streamed.rejections.get(0).getLine()).isZero();
      assertThat(streamed.rejections.get(0).getMessage()).endsWith(".");
    }
  }

  @Test
  void gzip_in_gzip_is_named() {
    assertThat(Streamed.of(Streamed.gzip(GZIP)).reasons()).containsExactly("gzip_in_gzip");
  }
}
