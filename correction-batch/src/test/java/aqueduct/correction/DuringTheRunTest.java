// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.correction.Correction.Request;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuringTheRunTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  private static final LocalDate OTHER = DAY.plusDays(1);
  private static final Instant NIGHT = Instant.parse("2026-01-18T01:00:00Z");
  private static final Request TOUCHED = new Request(List.of(), false, false, "test", "because");
  @TempDir private Path directory;

  @Test
  void a_raw_file_that_appears_during_the_run_is_wholly_in_the_next_version() throws Exception {
    try (World world = new World(directory)) {
      world.logs.hourWithoutAgents("a", DAY, 9, 100);
      world.logs.hourWithoutAgents("b", OTHER, 9, 100);

      List<Outcome> first =
          world.correct(
              TOUCHED,
              NIGHT,
              outcome -> {
                if (outcome.day().equals(DAY)) {
                  world.logs.hourWithoutAgents("during", OTHER, 10, 40);
                }
              });
      assertThat(first).extracting(Outcome::rows).containsExactly(100L, 100L);
      assertThat(LakeText.rows(world, OTHER)).hasSize(100);

      List<Outcome> second = world.correct(TOUCHED, NIGHT);
      assertThat(second).extracting(Outcome::result).containsExactly("unchanged", "published");
      assertThat(LakeText.rows(world, OTHER)).hasSize(140);
    }
  }
}
