// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.correction.Correction.Request;
import aqueduct.correction.raw.AddressPrefix;
import aqueduct.correction.raw.ErasedLines.Subject;
import aqueduct.correction.raw.RawStore.Kept;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.LogFile;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  private static final Instant LATER = Instant.parse("2026-01-17T00:00:00Z");
  private static final Request WHY = new Request(List.of(), false, false, "anna", "erasure 17");
  @TempDir private Path directory;

  private static List<String> lines(Path file) throws Exception {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  @Test
  void an_erased_visitor_is_in_no_store_and_a_replay_of_the_raw_day_does_not_bring_them_back()
      throws Exception {
    try (World world = new World(directory)) {
      Path file = world.logs.hour("a", DAY, 9, 200);
      byte[] original = Files.readAllBytes(file);
      world.live().take(world.store(), world.kept(), 1);
      world.correct(LATER, DAY);
      List<String> before = LakeText.rows(world, DAY);
      long visitor = Long.parseLong(LakeText.column(before.get(0), "visitor_id"));
      List<String> others =
          before.stream()
              .filter(r -> !LakeText.column(r, "visitor_id").equals(Long.toString(visitor)))
              .map(r -> r.replaceAll("file_id=\\S+ ", ""))
              .toList();

      List<Outcome> erased =
          world.erase(new Subject(List.of(visitor), List.of(), List.of()), WHY, LATER);

      assertThat(erased).singleElement().matches(o -> !o.difference().isEmpty() && !o.alarm());

      assertThat(without(LakeText.rows(world, DAY))).isEqualTo(others).hasSizeLessThan(200);
      assertThat(lines(file)).filteredOn("#erased"::equals).hasSize(200 - others.size());
      Kept kept = world.kept().get(0);
      assertThat(world.ledger.find(kept.file().fileId()).orElseThrow().state())
          .as("the live path takes it for seen")
          .isEqualTo(State.DONE);
      try (var parquet = Files.walk(directory.resolve("lake"))) {
        assertThat(parquet.filter(p -> p.toString().endsWith(".parquet")))
            .as("no file of an earlier state is left")
            .hasSize(1);
      }
      assertThat(world.days().history(DAY))
          .last()
          .satisfies(v -> assertThat(v.why()).isEqualTo("erasure 17"));

      // somebody puts the original file back
      FileTime modified = Files.getLastModifiedTime(file);
      Files.write(file, original);
      Files.setLastModifiedTime(file, modified);
      world.correct(LATER, DAY);
      assertThat(without(LakeText.rows(world, DAY))).isEqualTo(others);
    }
  }

  @Test
  void a_count_that_lacks_a_file_is_still_told_of_on_a_day_with_an_erasure() throws Exception {
    try (World world = new World(directory)) {
      world.logs.hour("a", DAY, 9, 100);
      world.live().take(world.store(), world.kept(), 1);
      AddressPrefix block = new AddressPrefix("81.2.69.0/27");
      world.erase(new Subject(List.of(), List.of(block), List.of(DAY)), WHY, LATER);
      world.logs.hour("never streamed", DAY, 10, 400);
      assertThat(world.correct(LATER, DAY)).singleElement().matches(Outcome::alarm);
    }
  }

  @Test
  void rejections_with_an_erased_address_or_of_an_erased_line_are_gone_and_others_stay()
      throws Exception {
    try (World world = new World(directory)) {
      world.logs.hour("a", DAY, 9, 100);
      LogFile raw = world.kept().get(0).file();
      String id = java.util.HexFormat.of().toHexDigits(raw.fileId());
      Path kept = directory.resolve("rejected/day=2026-01-15/stage=streamify/reason=bad_date");
      Files.createDirectories(kept);
      int line = lineOf(lines(directory.resolve("backup").resolve(raw.key())), "81.2.69.7");
      String foreign = rejection("ffffffffffffffff", line, "x\t81.2.70.7\ty");
      Files.writeString(
          kept.resolve("1.ndjson"),
          rejection(id, line, "no address")
              + rejection("ffffffffffffffff", 9, "x\t81.2.69.9\ty")
              + foreign);

      world.erase(
          new Subject(List.of(), List.of(new AddressPrefix("81.2.69.0/24")), List.of()),
          WHY,
          LATER);

      assertThat(Files.readString(kept.resolve("1.ndjson"))).isEqualTo(foreign);
    }
  }

  private static int lineOf(List<String> lines, String word) {
    return 1
        + java.util.stream.IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).contains("\t" + word + "\t"))
            .findFirst()
            .orElseThrow();
  }

  private static String rejection(String file, int line, String data) {
    return "{\"source\":{\"file_id\":\"%s\",\"line\":%d},\"data\":\"%s\"}%n"
        .formatted(file, line, data.replace("\t", "\\t"));
  }

  private static List<String> without(List<String> rows) {
    return rows.stream().map(r -> r.replaceAll("file_id=\\S+ ", "")).toList();
  }

  @Test
  void a_block_of_addresses_is_erased_of_one_day_only() throws Exception {
    try (World world = new World(directory)) {
      Path day = world.logs.hour("a", DAY, 9, 100);
      Path other = world.logs.hour("b", DAY.plusDays(1), 9, 100);
      world.correct(LATER.plusSeconds(86400));

      world.erase(
          new Subject(List.of(), List.of(new AddressPrefix("81.2.69.0/27")), List.of(DAY)),
          WHY,
          LATER.plusSeconds(86400));

      assertThat(lines(day))
          .noneMatch(line -> line.matches(".*\\t81\\.2\\.69\\.([12]?\\d|3[01])\\t.*"));
      assertThat(lines(day)).contains("#erased");
      assertThat(lines(other)).doesNotContain("#erased");
      assertThat(LakeText.rows(world, DAY)).hasSizeBetween(20, 80);
      assertThat(LakeText.rows(world, DAY.plusDays(1))).hasSize(100);
    }
  }
}
