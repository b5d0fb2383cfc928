// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.correction.lake.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeRetentionTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  private static final LocalDate NEXT = DAY.plusDays(1);
  private static final Instant LATER = Instant.parse("2026-01-24T12:00:00Z");
  @TempDir private Path directory;

  @Test
  void a_day_that_is_kept_no_longer_leaves_the_lake_with_its_files_and_its_numbers_stay()
      throws Exception {
    try (World world = new World(directory)) {
      world.logs.hourWithoutAgents("a", DAY, 9, 100);
      world.logs.hourWithoutAgents("b", NEXT, 9, 100);
      world.correct(LATER);
      List<String> numbers = world.cells("traffic", DAY, 1);

      try (Lake lake = Lake.open(world.lake())) {
        LakeRetention.apply(lake, List.of(DAY, NEXT), Instant.parse("2026-01-16T00:00:01Z"));
      }

      assertThat(LakeText.rows(world, DAY)).isEmpty();
      assertThat(LakeText.rows(world, NEXT)).hasSize(100);
      try (var parquet = Files.walk(directory.resolve("lake"))) {
        assertThat(parquet.filter(p -> p.toString().endsWith(".parquet"))).hasSize(1);
      }
      assertThat(world.correct(LATER)).extracting(Outcome::result).containsOnly("unchanged");
      assertThat(world.cells("traffic", DAY, 1)).isEqualTo(numbers).isNotEmpty();
    }
  }
}
