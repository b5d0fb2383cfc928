// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.correction.Correction.Request;
import aqueduct.metrics.ExactMeasure;
import aqueduct.metrics.ReportSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that counts only what came has the numbers of one that counts all. */
class AddedFilesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  private static final Instant LATER = Instant.parse("2026-01-24T12:00:00Z");
  @TempDir private Path directory;
  private World world;

  @BeforeEach
  void a_corrected_day() throws Exception {
    world = new World(directory);
    world.logs.hour("a", DAY, 9, 500);
    world.logs.hour("b", DAY, 10, 500);
    world.logs.hour("c", DAY, 20, 300);
    assertThat(correct(false).counted()).isTrue();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private Outcome correct(boolean again) {
    return world.correct(new Request(List.of(DAY), false, again, "test", "because"), LATER).get(0);
  }

  /** Counts what came, then everything. */
  private void assertSameAsAll() {
    Outcome some = correct(false);
    assertThat(some.counted()).isFalse();
    Outcome all = correct(true);
    assertThat(all.counted()).isTrue();
    assertSame(some, all);
  }

  private void assertSame(Outcome some, Outcome all) {
    assertThat(all.rows()).isEqualTo(some.rows());
    for (ReportSpec report : ReportSpec.defaults()) {
      assertThat(world.cells(report.name(), DAY, some.version()))
          .as(report.name())
          .isNotEmpty()
          .isEqualTo(world.cells(report.name(), DAY, all.version()));
    }
    assertThat(exact(some)).isNotEmpty().isEqualTo(exact(all));
  }

  private List<ExactMeasure> exact(Outcome version) {
    return world.days().exact(DAY, version.version());
  }

  @Test
  void late_files_of_known_and_new_hours_and_visitors() {
    world.logs.hour("late", DAY, 10, 60);
    assertSameAsAll();

    world.logs.hour("new hour", DAY, 3, 40);
    world.logs.hour("as the first", DAY, 9, 80);
    assertSameAsAll();

    Instant midnight = DAY.atTime(23, 50).toInstant(ZoneOffset.UTC);
    world.logs.file("over midnight", midnight, 1200, 50);
    assertSameAsAll();
  }

  @Test
  void files_that_join_or_lengthen_visits() {
    world.logs.pages("between", DAY, 10, 200);
    assertSameAsAll();
  }

  @Test
  void pages_beyond_those_that_keep_their_own_row() {
    world.logs.pages("x", DAY, 21, 2600); // 1,300 a site, of 120 visitors: more than 30 a visit
    correct(true);
    world.logs.hour("late", DAY, 10, 60);
    assertSameAsAll();
  }

  @Test
  void more_than_half_of_what_there_is_is_counted_with_all_of_it() {
    world.logs.hour("late", DAY, 10, 900);
    assertThat(correct(false).counted()).isTrue();
  }

  @Test
  void a_repeat_without_a_change_is_nothing() {
    world.logs.hour("late", DAY, 10, 60);
    assertThat(correct(false).result()).isEqualTo("published");
    assertThat(correct(false).result()).isEqualTo("unchanged");
  }
}
