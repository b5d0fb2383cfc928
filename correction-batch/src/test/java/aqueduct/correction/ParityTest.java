// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.correction.raw.RawStore.Kept;
import aqueduct.logs.ReadLimits;
import aqueduct.metrics.ReportSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  private static final Instant NEXT_MORNING = Instant.parse("2026-01-16T06:00:00Z");
  @TempDir private Path directory;

  @Test
  void corrected_numbers_are_the_live_ones_to_the_unit_in_any_order_with_repeats()
      throws Exception {
    try (World world = new World(directory)) {
      for (int hour : List.of(0, 7, 8, 23)) {
        world.logs.hour("h" + hour, DAY, hour, 1500);
      }
      world.logs.file("midnight", Instant.parse("2026-01-15T23:30:00Z"), 3600, 800);
      List<Kept> files = new ArrayList<>(world.kept());
      Collections.shuffle(files, new Random(4));
      LivePath live = world.live();
      live.take(world.store(), files.subList(0, 2), 1);
      live.take(world.store(), files.subList(2, 5), 2);

      List<Outcome> outcomes = world.correct(NEXT_MORNING);

      assertThat(outcomes).extracting(Outcome::day).containsExactly(DAY, DAY.plusDays(1));
      for (Outcome outcome : outcomes) {
        assertThat(outcome.result()).isEqualTo("published");
        assertThat(outcome.difference()).isEmpty();
        assertThat(outcome.version()).isEqualTo(1);
        for (ReportSpec report : ReportSpec.defaults()) {
          assertThat(world.cells(report.name(), outcome.day(), 1))
              .as(report.name() + " of " + outcome.day())
              .isNotEmpty()
              .isEqualTo(world.cells(report.name(), outcome.day(), 0));
        }
      }
      assertThat(outcomes.stream().mapToLong(Outcome::rows).sum()).isEqualTo(6800);
    }
  }

  @Test
  void lines_over_the_configured_limit_are_in_neither_number() throws Exception {
    try (World world = new World(directory)) {
      world.limits = new ReadLimits(2L << 30, 200, 400);
      world.logs.hour("a", DAY, 7, 900);
      world.live().take(world.store(), world.kept(), 1);

      Outcome outcome = world.correct(NEXT_MORNING, DAY).get(0);

      assertThat(outcome.rows()).as("some are longer than 400 bytes").isBetween(100L, 800L);
      assertThat(outcome.difference()).isEmpty();
    }
  }

  @Test
  void distinct_visitors_are_exact_and_visits_follow_from_the_page_views() throws Exception {
    try (World world = new World(directory)) {
      world.logs.hour("a", DAY, 7, 700);
      world.logs.hour("b", DAY, 19, 700);
      world.correct(NEXT_MORNING, DAY);

      List<String> rows = LakeText.rows(world, DAY);
      for (String site : List.of("site-0.example", "site-1.example")) {
        List<String> people =
            rows.stream()
                .filter(row -> LakeText.column(row, "site_id").equals(site))
                .filter(row -> LakeText.column(row, "bot_is_bot").equals("false"))
                .toList();
        long visitors =
            people.stream().map(row -> LakeText.column(row, "visitor_id")).distinct().count();
        long views =
            people.stream()
                .filter(row -> LakeText.column(row, "event_kind").equals("page_view"))
                .count();
        assertThat(exact(world, "traffic", site, "unique_visitors")).isEqualTo(visitors);
        assertThat(exact(world, "visits", site, "page_views")).isEqualTo(views);
        assertThat(exact(world, "visits", site, "visits"))
            .isEqualTo(sum(world, "entry_pages", site))
            .isEqualTo(sum(world, "exit_pages", site))
            .isBetween(2.0, (double) views);
      }
    }
  }

  private static double exact(World world, String report, String site, String name) {
    return world.days().exact(DAY, 1).stream()
        .filter(m -> m.report().equals(report) && m.name().equals(name))
        .filter(m -> m.dimensions().equals(List.of(site)))
        .mapToDouble(m -> m.value())
        .sum();
  }

  private static double sum(World world, String report, String site) {
    return world.days().exact(DAY, 1).stream()
        .filter(m -> m.report().equals(report) && m.dimensions().get(0).equals(site))
        .mapToDouble(m -> m.value())
        .sum();
  }
}
