// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden case 9, FAULTS rows 15 to 17, 20 and 22, trap T1. */
class DamagedFileTest {
  private static final byte[] TEXT = text(40);
  private static final byte[] GZIP = Streamed.gzip(TEXT);

  @Test
  void all_members_are_read_from_a_stream_that_never_knows_what_is_available() throws Exception {
    byte[] object = joined(GZIP, Streamed.gzip(new byte[0]), GZIP, GZIP);
    LogFile file = new LogFile("kept", "key", "etag", object.length);
    for (int step : new int[] {1, 2, 3, 7, 100, 8192}) {
      Streamed streamed =
          Streamed.of(file, new NetworkStream(object, step), Codec.ZSTD, ReadLimits.defaults());

      assertThat(streamed.events).hasSize(120);
      assertThat(streamed.rejections).isEmpty();
    }
  }

  @Test
  void a_cut_at_every_byte_keeps_the_lines_before_it_and_tells() {
    int events = 0;
    for (int length = 0; length < GZIP.length; length++) {
      Streamed streamed = Streamed.of(Arrays.copyOf(GZIP, length));
      if (length < 2) {
        assertThat(streamed.summary().lines()).isEqualTo(length);
        continue;
      }
      assertThat(streamed.summary().problem()).as("cut at %s", length).contains("damaged_gzip");
      assertThat(streamed.reasons()).containsExactly("damaged_gzip");
      assertThat(streamed.rejections.get(0).getLine()).isZero();
      assertThat(streamed.events.size()).isGreaterThanOrEqualTo(events);
      events = streamed.events.size();
    }
    assertThat(events).isEqualTo(40);
  }

  @Test
  void a_second_member_cut_at_every_byte_never_passes_for_whole() {
    byte[] two = joined(GZIP, GZIP);
    for (int length = GZIP.length + 1; length < two.length; length++) {
      Streamed streamed = Streamed.of(Arrays.copyOf(two, length));

      assertThat(streamed.reasons()).containsExactly("damaged_gzip");
      assertThat(streamed.events.size()).isBetween(40, 80);
    }
  }

  @Test
  void bad_crc_bad_length_and_trailing_garbage_are_told_after_all_lines() {
    byte[] badCrc = GZIP.clone();
    badCrc[GZIP.length - 8]++;
    byte[] badLength = GZIP.clone();
    badLength[GZIP.length - 1]++;
    byte[] garbage = joined(GZIP, "trailing garbage".getBytes(StandardCharsets.UTF_8));

    for (byte[] object : List.of(badCrc, badLength, garbage, joined(GZIP, new byte[1]))) {
      Streamed streamed = Streamed.of(object);
      assertThat(streamed.events).hasSize(40);
      assertThat(streamed.reasons()).containsExactly("damaged_gzip");
      assertThat(streamed.rejections.get(0).getLines()).isZero();
      assertThat(streamed.rejections.get(0).getMessage()).contains("Get it again");
    }
  }

  @Test
  void half_a_line_before_the_damage_is_one_rejected_line() {
    byte[] cut = Streamed.gzip(Arrays.copyOf(TEXT, TEXT.length - 50));
    cut[cut.length - 8]++;

    Streamed streamed = Streamed.of(cut);

    assertThat(streamed.events).hasSize(39);
    assertThat(streamed.summary().lines()).isEqualTo(40);
    assertThat(streamed.rejections.get(0).getLines()).isOne();
    assertThat(streamed.rejections.get(0).getData().toStringUtf8()).startsWith("2019-12-04");
  }

  @Test
  void any_mutation_conserves_and_agrees_with_another_gunzip_on_what_is_whole() throws Exception {
    Random random = new Random(16);
    byte[] two = joined(GZIP, Streamed.gzip(text(3)));
    int whole = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] object = two.clone();
      object[2 + random.nextInt(object.length - 2)] ^= (byte) (1 << random.nextInt(8));

      Streamed streamed = Streamed.of(object);

      boolean readable = otherGunzipReads(object);
      assertThat(streamed.reasons().contains("damaged_gzip"))
          .as("mutation %s", i)
          .isEqualTo(!readable);
      whole += readable ? 1 : 0;
    }
    assertThat(whole).isBetween(1, 1_000); // flips in time, OS and the like
  }

  @Test
  void names_comments_and_extra_fields_of_the_gzip_header_are_stepped_over() throws Exception {
    GzipParameters parameters = new GzipParameters();
    parameters.setFileName("access.log");
    parameters.setComment("made by a test");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(out, parameters)) {
      gzip.write(TEXT);
    }
    byte[] plain = out.toByteArray();
    byte[] withExtra =
        joined(
            Arrays.copyOf(plain, 10),
            new byte[] {3, 0, 'a', 'b', 'c'},
            Arrays.copyOfRange(plain, 10, plain.length));
    withExtra[3] |= 4;

    assertThat(Streamed.of(plain).events).hasSize(40);
    assertThat(Streamed.of(withExtra).events).hasSize(40);
  }

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

  @Test
  void a_transfer_that_ends_early_or_breaks_is_no_verdict_on_the_file() {
    LogFile file = new LogFile("kept", "key", "etag", GZIP.length);
    InputStream cut = new ByteArrayInputStream(GZIP, 0, GZIP.length - 9);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    FileStreamer.Outlet outlet = new Streamed();

    assertThatThrownBy(
            () -> new FileStreamer(file, Codec.ZSTD, ReadLimits.defaults(), outlet).stream(cut))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("try again");
    assertThatThrownBy(
            () -> new FileStreamer(file, Codec.ZSTD, ReadLimits.defaults(), outlet).stream(broken))
        .hasMessage("connection reset");
    assertThat(((Streamed) outlet).rejections).isEmpty();
  }

  private static boolean otherGunzipReads(byte[] object) {
    try (InputStream in = new GzipCompressorInputStream(new ByteArrayInputStream(object), true)) {
      in.readAllBytes();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static byte[] text(int lines) {
    StringBuilder text =
        new StringBuilder("#Version: 1.0\n#Fields: date time sc-status cs-uri-stem\n");
    for (int i = 0; i < lines; i++) {
      text.append(line("/page/" + i + "/" + Integer.toHexString(i * 0x9e3779b9))).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String line(String path) {
    return path.equals("/good")
        ? "2019-12-04\t21:02:31\tLAX1\t1\t192.0.2.1\tGET\tx\t/good\t200\t-\t-\t-"
        : "2019-12-04\t21:02:31\t200\t" + path + "/".repeat(40);
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
