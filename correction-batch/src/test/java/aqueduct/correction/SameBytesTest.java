// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.FileDatasetCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameBytesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  private static final Instant LATER = Instant.parse("2026-01-18T00:00:00Z");
  private static final String LIST = "version: \"%s\"\nbots:\n  monitor:\n    \"iphone\": \"%s\"\n";
  @TempDir private Path directory;

  private void bots(FileDatasetCatalogue datasets, LocalDate date) throws Exception {
    Path file = directory.resolve("bots-" + date + ".yml");
    Files.writeString(file, LIST.formatted(date, "of " + date));
    datasets.add("bots", date, file, "Apache-2.0", "forever");
  }

  @Test
  void a_past_day_gives_the_same_bytes_after_newer_datasets_came_and_each_day_has_its_own()
      throws Exception {
    try (World world = new World(directory)) {
      Path folder = Files.createDirectories(directory.resolve("datasets"));
      FileDatasetCatalogue datasets = new FileDatasetCatalogue(folder, new BundledDatasets());
      bots(datasets, DAY);
      world.logs.hour("first", DAY, 5, 200);
      world.useDatasets(folder);
      world.correct(LATER);
      List<String> before = LakeText.rows(world, DAY);

      bots(datasets, DAY.plusDays(1));
      world.logs.hour("second", DAY.plusDays(1), 5, 200);
      Path elsewhere = Files.createDirectories(directory.resolve("fresh"));
      try (World again = new World(elsewhere)) {
        // another process, in the reverse order of days, with a copy of the folder under another
        // name
        Path copy = directory.resolve("datasets-copy");
        copy(folder, copy);
        again.useDatasets(copy);
        again.logs.hour("second", DAY.plusDays(1), 5, 200);
        again.logs.hour("first", DAY, 5, 200);
        again.correct(LATER, DAY.plusDays(1));
        again.correct(LATER, DAY);

        assertThat(LakeText.rows(again, DAY)).isEqualTo(before).hasSize(200);
        assertThat(LakeText.rows(again, DAY.plusDays(1)))
            .filteredOn(row -> row.contains("iPhone") || row.contains("iphone"))
            .isNotEmpty()
            .allMatch(row -> row.contains("bot_name=of 2026-01-16"));
        assertThat(before)
            .filteredOn(row -> row.contains("iPhone") || row.contains("iphone"))
            .isNotEmpty()
            .allMatch(row -> row.contains("bot_name=of 2026-01-15"));
      }
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
