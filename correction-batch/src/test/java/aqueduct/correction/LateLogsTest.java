// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.correction.Correction.Request;
import aqueduct.correction.lake.Lake;
import aqueduct.correction.raw.RawStore.Kept;
import aqueduct.metrics.CorrectedDays.Action;
import aqueduct.metrics.CorrectedDays.DayState;
import aqueduct.metrics.CorrectedDays.DayVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateLogsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  private static final LocalDate OTHER = DAY.plusDays(1);
  private static final Instant NEXT_MORNING = Instant.parse("2026-01-17T01:00:00Z");
  private static final Instant WEEK_LATER = Instant.parse("2026-01-24T12:00:00Z");
  @TempDir private Path directory;
  private World world;

  @BeforeEach
  void two_days_counted_live() throws Exception {
    world = new World(directory);
    world.logs.hour("a", DAY, 9, 300);
    world.logs.hour("b", OTHER, 9, 300);
    world.live().take(world.store(), world.kept(), 1);
  }

  @AfterEach
  void end() {
    world.close();
  }

  private long requests(LocalDate day, int generation) {
    return world.cells("traffic", day, generation).stream()
        .mapToLong(cell -> Long.parseLong(cell.replaceFirst(".*\\|\\[(\\d+), .*", "$1")))
        .sum();
  }

  private List<DataFile> lakeFiles(LocalDate day) {
    try (Lake lake = Lake.open(world.lake())) {
      return lake.files(day);
    }
  }

  private List<String> paths(LocalDate day) {
    return lakeFiles(day).stream().map(DataFile::location).sorted().toList();
  }

  private DayState state(LocalDate day) {
    return world.days().state(day).orElseThrow();
  }

  /** A file that came long after its hour, through the live path. */
  private void late(LocalDate day, int lines) throws Exception {
    Path file = world.logs.hour("late", day, 10, lines);
    Kept kept =
        world.kept().stream().filter(k -> file.endsWith(k.file().key())).findFirst().orElseThrow();
    world.live().after(NEXT_MORNING).take(world.store(), List.of(kept), 2);
  }

  @Test
  void a_second_run_changes_nothing() {
    assertThat(world.correct(NEXT_MORNING))
        .allSatisfy(outcome -> assertThat(outcome.result()).isEqualTo("published"))
        .allSatisfy(outcome -> assertThat(outcome.alarm()).isFalse());
    List<String> before = paths(DAY);

    assertThat(world.correct(NEXT_MORNING)).extracting(Outcome::result).containsOnly("unchanged");
    assertThat(paths(DAY)).isEqualTo(before);
    assertThat(world.days().history(DAY)).hasSize(1);
  }

  @Test
  void before_the_lock_a_late_file_adds_to_its_day_at_once() throws Exception {
    world.correct(NEXT_MORNING);
    late(DAY, 50);

    assertThat(state(DAY).shown()).isZero();
    assertThat(requests(DAY, 0)).isEqualTo(350);
    List<String> others = paths(OTHER);

    List<Outcome> outcomes = world.correct(NEXT_MORNING);

    assertThat(outcomes).extracting(Outcome::result).containsExactly("published", "unchanged");
    assertThat(requests(DAY, 2)).isEqualTo(350);
    assertThat(paths(OTHER)).isEqualTo(others);
    assertThat(paths(DAY)).as("the late file's rows came as a file of their own").hasSize(2);
  }

  @Test
  void after_the_lock_a_late_file_waits_beside_and_the_next_correction_publishes_it_with_audit()
      throws Exception {
    world.correct(WEEK_LATER);
    assertThat(state(DAY)).isEqualTo(new DayState(DAY, 1, true, 1, 0));
    List<String> others = paths(OTHER);
    List<String> kept = paths(DAY);

    late(DAY, 50);
    assertThat(state(DAY)).isEqualTo(new DayState(DAY, 1, true, 1, 50));
    assertThat(requests(DAY, state(DAY).shown())).as("the locked number").isEqualTo(300);

    Request why = new Request(List.of(), false, false, "anna", "late logs of January");
    assertThat(world.correct(why, WEEK_LATER))
        .extracting(Outcome::result)
        .containsExactly("published", "unchanged");

    assertThat(state(DAY)).isEqualTo(new DayState(DAY, 2, true, 2, 0));
    assertThat(requests(DAY, 2)).isEqualTo(350);
    assertThat(paths(OTHER)).isEqualTo(others);
    assertThat(paths(DAY)).containsAll(kept).hasSize(2);
    List<DayVersion> history =
        world.days().history(DAY).stream().filter(v -> v.action() == Action.PUBLISHED).toList();
    DayVersion audit = history.get(history.size() - 1);
    assertThat(audit.who()).isEqualTo("anna");
    assertThat(audit.why()).isEqualTo("late logs of January");
    assertThat(audit.difference())
        .anySatisfy(
            d -> {
              assertThat(d.report()).isEqualTo("traffic");
              assertThat(d.measure()).isEqualTo("requests");
              assertThat(d.before()).isEqualTo(300);
              assertThat(d.after()).isEqualTo(350);
            });
  }

  @Test
  void a_file_whose_notice_was_lost_is_found_and_told() {
    world.logs.hour("lost", DAY, 11, 40);

    Outcome day = world.correct(NEXT_MORNING).get(0);

    assertThat(day.rows()).isEqualTo(340);
    assertThat(day.alarm()).as("13 % are more than one in a thousand").isTrue();
    assertThat(day.shown()).as("live and corrected differ, so the version is shown").isEqualTo(1);
    assertThat(day.difference())
        .anySatisfy(
            d -> {
              assertThat(d.measure()).isEqualTo("requests");
              assertThat(d.before()).isEqualTo(300);
              assertThat(d.after()).isEqualTo(340);
            });
  }

  @Test
  void a_file_that_is_on_its_way_waits_for_the_next_version() {
    world.logs.hour("new", DAY, 11, 40); // came at 13:00, an hour after its last line
    Instant soon = Instant.parse("2026-01-15T13:05:00Z");

    assertThat(world.correct(soon, DAY).get(0).rows()).isEqualTo(300);
    assertThat(world.correct(NEXT_MORNING, DAY).get(0).rows()).isEqualTo(340);
  }

  @Test
  void parquet_that_is_cut_or_deleted_is_made_again_from_raw_with_the_same_rows() throws Exception {
    late(DAY, 50);
    world.correct(NEXT_MORNING);
    List<String> rows = LakeText.rows(world, DAY);
    Path file = Path.of(java.net.URI.create(paths(DAY).get(0)).getPath());
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 1000));

    assertThat(world.correct(NEXT_MORNING, DAY).get(0).result()).isEqualTo("published");
    assertThat(LakeText.rows(world, DAY)).isEqualTo(rows).hasSize(350);

    Files.delete(Path.of(java.net.URI.create(paths(DAY).get(0)).getPath()));
    assertThat(world.correct(NEXT_MORNING, DAY).get(0).result()).isEqualTo("published");
    assertThat(LakeText.rows(world, DAY)).isEqualTo(rows);
    assertThat(world.cells("traffic", DAY, 3)).isEqualTo(world.cells("traffic", DAY, 1));
  }

  @Test
  void an_unlocked_day_stays_as_it_is_until_it_is_corrected() {
    world.correct(WEEK_LATER, DAY);
    world.days().unlock(DAY, "anna", "wrong site settings");
    assertThat(state(DAY)).isEqualTo(new DayState(DAY, 1, false, 1, 0));

    assertThat(world.correct(WEEK_LATER, DAY).get(0).result()).isEqualTo("locked");
    assertThat(state(DAY).locked()).isTrue();
    assertThat(world.days().history(DAY))
        .extracting(DayVersion::action)
        .contains(Action.UNLOCKED)
        .endsWith(Action.LOCKED);
  }

  @Test
  void while_one_correction_runs_another_stops_and_says_who_runs() {
    try (CorrectionLock held = CorrectionLock.take(world.database)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> world.correct(NEXT_MORNING))
          .isInstanceOf(CorrectionLock.TakenException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    assertThat(world.correct(NEXT_MORNING)).isNotEmpty();
  }
}
