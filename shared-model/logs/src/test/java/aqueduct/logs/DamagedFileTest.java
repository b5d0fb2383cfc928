// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static aqueduct.logs.LogObjects.GZIP;
import static aqueduct.logs.LogObjects.TEXT;
import static aqueduct.logs.LogObjects.joined;
import static aqueduct.logs.LogObjects.text;
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
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.junit.jupiter.api.Test;

/** Golden case 9, FAULTS row 16, trap T1: gzip that is damaged, and gzip that is only unusual. */
class DamagedFileTest {
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

  private static boolean otherGunzipReads(byte[] object) {
    try (InputStream in = new GzipCompressorInputStream(new ByteArrayInputStream(object), true)) {
      in.readAllBytes();
      return true;
    } catch (IOException e) {
      return false;
    }
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
}
