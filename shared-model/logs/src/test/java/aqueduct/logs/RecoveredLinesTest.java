// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Lines that were rejected and can be read now come back once, under their own identity. */
class RecoveredLinesTest {
  private static final byte[] CONTENT =
      String.join(
              "\n",
              "#Version: 1.0",
              "#Fields: date time sc-status cs-uri-stem",
              "2026-11-23\t10:00:00\t200\t/a",
              "2026-11-23\t10:00:01\t200\t/b",
              "damaged",
              "2026-11-23\t10:00:02\t200\t/c")
          .getBytes(StandardCharsets.UTF_8);
  private static final LogFile FILE =
      new LogFile("kept", "E1.2026-11-23-10.abc", "etag", CONTENT.length);

  private static Streamed recover(IntPredicate wanted) throws IOException {
    Streamed out = new Streamed();
    RecoveredLines lines = new RecoveredLines(wanted, Codec.ZSTD, out);
    FileSummary unused =
        new FileStreamer(FILE, Codec.ZSTD, ReadLimits.defaults(), lines)
            .stream(new ByteArrayInputStream(CONTENT));
    assertThat(lines.recovered()).isEqualTo(out.events.size());
    return out;
  }

  @Test
  void a_wanted_line_is_a_chunk_of_its_own_and_its_event_keeps_file_and_line() throws IOException {
    Streamed out = recover(Set.of(4, 6)::contains);
    assertThat(out.events).extracting(RawLog::getUrlPath).containsExactly("/b", "/c");
    assertThat(out.events).allMatch(event -> event.getFileId() == FILE.fileId());
    assertThat(out.headers)
        .extracting(ChunkHeader::getFirstLine, ChunkHeader::getLines, ChunkHeader::getEvents)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(4, 1, 1),
            org.assertj.core.groups.Tuple.tuple(6, 1, 1));
    assertThat(out.headers).allMatch(h -> h.getFileId() == RecoveredLines.fileId(FILE.fileId()));
  }

  @Test
  void its_chunk_is_the_same_whatever_else_is_recovered_with_it() throws IOException {
    Streamed alone = recover(line -> line == 6);
    Streamed together = recover(Set.of(4, 6)::contains);
    assertThat(together.records.get(1).partitionKey())
        .isEqualTo(alone.records.get(0).partitionKey());
  }

  @Test
  void no_recovered_chunk_is_taken_for_one_that_the_file_was_cut_into() throws IOException {
    Streamed whole =
        Streamed.of(FILE, new ByteArrayInputStream(CONTENT), Codec.ZSTD, ReadLimits.defaults());
    Streamed recovered = recover(line -> line == 3); // also the first line of a chunk
    assertThat(recovered.records)
        .extracting(PackedRecord::partitionKey)
        .doesNotContainAnyElementsOf(
            whole.records.stream().map(PackedRecord::partitionKey).toList());
  }

  @Test
  void a_line_that_still_cannot_be_read_is_rejected_again_and_others_are_not() throws IOException {
    assertThat(recover(line -> line == 5).reasons()).hasSize(1);
    assertThat(recover(line -> line == 4).reasons()).isEmpty();
  }
}
