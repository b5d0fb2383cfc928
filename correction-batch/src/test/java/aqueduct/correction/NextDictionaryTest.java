// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.DatasetVersion;
import aqueduct.enrichment.FileDatasetCatalogue;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextDictionaryTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  private static final Instant NIGHT = Instant.parse("2026-01-17T01:00:00Z");
  @TempDir private Path directory;

  @Test
  void agents_of_the_corrected_day_are_tomorrows_dictionary_and_change_no_row() throws Exception {
    Path datasets = directory.resolve("datasets");
    FileDatasetCatalogue catalogue = new FileDatasetCatalogue(datasets, new BundledDatasets());
    try (World world = new World(directory)) {
      world.useDatasets(datasets);
      world.logs.hour("a", DAY, 9, 200);
      world.correct(NIGHT, DAY);
      List<String> rows = LakeText.rows(world, DAY);

      List<DatasetVersion> made = catalogue.versions("user-agents");
      assertThat(made)
          .extracting(DatasetVersion::date)
          .as("no event was enriched under that date yet")
          .containsExactly(LocalDate.of(2026, 1, 18));
      catalogue.open(made.get(0)).close(); // as it was written

      world.correct(new Correction.Request(List.of(DAY), false, true, "test", "again"), NIGHT);
      assertThat(catalogue.versions("user-agents")).isEqualTo(made);

      LocalDate later = LocalDate.of(2026, 1, 18);
      world.logs.hour("b", later, 9, 200);
      world.correct(Instant.parse("2026-01-20T01:00:00Z"), later);
      assertThat(agents(LakeText.rows(world, later)))
          .as("what the dictionary says is what yauaa says")
          .isEqualTo(agents(rows));
    }
  }

  /** What is known of each agent. */
  private static List<String> agents(List<String> rows) {
    return rows.stream()
        .map(
            row ->
                List.of(
                        "user_agent_original",
                        "user_agent_name",
                        "user_agent_version",
                        "user_agent_device_class")
                    .stream()
                    .map(column -> LakeText.column(row, column))
                    .toList()
                    .toString())
        .distinct()
        .sorted()
        .toList();
  }
}
