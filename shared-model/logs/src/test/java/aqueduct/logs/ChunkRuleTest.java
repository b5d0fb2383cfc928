// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fixed rule by which a file is cut, on which all recognition of repeats rests. */
class ChunkRuleTest {
  @Test
  void a_chunk_ends_after_1000_lines_whatever_they_are() {
    List<String> lines = new ArrayList<>(List.of("#Fields: date time sc-status"));
    for (int i = 0; i < 2_500; i++) {
      lines.add(i % 100 == 7 ? "bad" : "2019-12-04\t21:02:31\t200");
      if (i % 500 == 0) {
        lines.add("#Software: none");
        lines.add("");
      }
    }

    Streamed streamed = Streamed.text(lines.toArray(String[]::new));

    assertThat(streamed.headers).extracting(ChunkHeader::getLines).containsExactly(1000, 1000, 500);
    assertThat(streamed.headers).extracting(ChunkHeader::getRejected).containsExactly(10, 10, 5);
    assertThat(streamed.headers).extracting(ChunkHeader::getOrdinal).containsExactly(0, 1, 2);
    assertThat(streamed.headers)
        .extracting(ChunkHeader::getFirstLine)
        .containsExactly(2, 1006, 2010);
    assertThat(streamed.records)
        .extracting(PackedRecord::partitionKey)
        .containsExactlyElementsOf(
            streamed.headers.stream()
                .map(h -> new ChunkId(h.getFileId(), h.getFirstLine()).toString())
                .toList());
  }

  @Test
  void a_chunk_never_holds_more_than_512_kib_of_lines() {
    String fields = "#Fields: date time sc-status x";
    String prefix = "2019-12-04\t21:02:31\t200\t";
    int room = (128 << 10) - prefix.length();
    String quarter = prefix + "x".repeat(room);

    assertThat(Streamed.text(fields, quarter, quarter, quarter, quarter, quarter).headers)
        .extracting(ChunkHeader::getLines)
        .containsExactly(4, 1);
    assertThat(Streamed.text(fields, quarter, quarter, quarter, quarter + "x", quarter).headers)
        .extracting(ChunkHeader::getLines)
        .containsExactly(3, 2);
  }

  @Test
  void a_chunk_without_events_is_sent() {
    Streamed streamed = Streamed.text("#Fields: date time sc-status", "bad", "worse");

    assertThat(streamed.headers).hasSize(1);
    assertThat(streamed.headers.get(0).getLines()).isEqualTo(2);
    assertThat(streamed.headers.get(0).getEvents()).isZero();
    assertThat(streamed.headers.get(0).getMessageType()).isEqualTo("RawLog");
  }

  @ParameterizedTest
  @EnumSource
  void the_same_file_gives_the_same_bytes_however_it_arrives(Codec codec) {
    byte[] object = Streamed.gzip(randomFile(4_000));
    LogFile file = new LogFile("kept", "E1.2019-12-04-21.a.gz", "etag", object.length);
    Streamed first =
        Streamed.of(file, new ByteArrayInputStream(object), codec, ReadLimits.defaults());
    for (int step : new int[] {1, 13, 1_000, 65_536}) {
      Streamed again =
          Streamed.of(file, new NetworkStream(object, step), codec, ReadLimits.defaults());

      assertThat(again.records)
          .extracting(PackedRecord::data)
          .containsExactlyElementsOf(first.records.stream().map(PackedRecord::data).toList());
      assertThat(again.rejections).isEqualTo(first.rejections);
      assertThat(again.summary()).isEqualTo(first.summary());
    }
    assertThat(first.rejections).isNotEmpty();
    assertThat(first.records.size()).isGreaterThan(4);
  }

  @Test
  void both_codecs_hold_the_same_events() {
    byte[] object = randomFile(1_500);

    List<RawLog> zstd = Streamed.of("k", object, Codec.ZSTD, ReadLimits.defaults()).events;

    assertThat(Streamed.of("k", object, Codec.KPL, ReadLimits.defaults()).events).isEqualTo(zstd);
  }

  @Test
  void a_chunk_that_outgrows_a_record_in_codec_kpl_travels_in_zstd() {
    byte[] head = "#Fields: date time sc-status cs(Cookie)\n".getBytes(StandardCharsets.UTF_8);
    byte[] line =
        ("2019-12-04\t21:02:31\t200\t" + "x".repeat(200_000) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    java.util.Arrays.fill(line, 30, line.length - 1, (byte) 0xff); // each becomes three bytes

    Streamed streamed =
        Streamed.of("k", LogObjects.joined(head, line, line), Codec.KPL, ReadLimits.defaults());

    assertThat(streamed.events).hasSize(2);
    assertThat(streamed.headers).hasSize(1);
    assertThat(streamed.headers.get(0).getCodec()).isEqualTo("zstd");
  }

  @Test
  void the_summary_tells_counts_and_times() {
    FileSummary summary =
        Streamed.text(
                "#Fields: date time sc-status",
                "2019-12-05\t00:00:01\t200",
                "x",
                "2019-12-04\t21:02:31\t200")
            .summary();

    assertThat(summary.lines()).isEqualTo(3);
    assertThat(summary.events()).isEqualTo(2);
    assertThat(summary.rejected()).isOne();
    assertThat(summary.chunks()).isOne();
    assertThat(summary.firstEvent()).contains(Instant.parse("2019-12-04T21:02:31Z"));
    assertThat(summary.lastEvent()).contains(Instant.parse("2019-12-05T00:00:01Z"));
    assertThat(summary.problem()).isEmpty();
  }

  static byte[] randomFile(int lines) {
    Random random = new Random(lines);
    StringBuilder text =
        new StringBuilder("#Fields: date time sc-status cs-uri-stem cs(User-Agent)\n");
    for (int i = 0; i < lines; i++) {
      text.append("2019-12-04\t21:02:31\t")
          .append(random.nextInt(50) == 0 ? "x" : "200")
          .append("\t/");
      text.append(Long.toHexString(random.nextLong()).repeat(random.nextInt(80)));
      text.append("\tagent%20")
          .append(random.nextInt(9))
          .append(random.nextBoolean() ? "\n" : "\r\n");
      if (random.nextInt(700) == 0) {
        text.append("z".repeat(300_000)).append('\n');
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
