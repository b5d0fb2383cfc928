// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.correction.Correction.Request;
import aqueduct.metrics.CorrectedDays.DayState;
import aqueduct.metrics.ReportSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  private static final List<String> POINTS =
      List.of(
          "before collect-days",
          "before the lake's commit",
          "after rebuild-parquet",
          "between cells and exact measures",
          "before publish",
          "after publish");
  @TempDir private Path directory;

  @Test
  void killed_at_each_step_and_started_again_it_comes_to_the_same_day() throws Exception {
    try (World killed = new World(directory.resolve("killed"));
        World whole = new World(directory.resolve("whole"))) {
      for (World world : List.of(killed, whole)) {
        world.logs.hourWithoutAgents("a", DAY, 3, 120);
        world.logs.hourWithoutAgents("b", DAY, 4, 120);
      }
      for (String point : POINTS) {
        assertThat(run(killed, point)).as("killed " + point).isEqualTo(137);
      }
      assertThat(run(killed, "nowhere")).isZero();

      correct(whole);
      assertSameDay(killed, whole, 1);
      assertThat(LakeText.rows(killed, DAY)).hasSize(240);
      assertThat(killed.days().state(DAY)).contains(new DayState(DAY, 1, true, 1, 0));
      assertThat(killed.days().history(DAY))
          .as("published once")
          .hasSize(whole.days().history(DAY).size());

      for (World world : List.of(killed, whole)) {
        world.logs.hourWithoutAgents("late", DAY, 4, 30);
      }
      assertThat(run(killed, "between cells and exact measures")).isEqualTo(137);
      assertThat(run(killed, "nowhere")).isZero();
      correct(whole);
      assertSameDay(killed, whole, 2);
      assertThat(LakeText.rows(killed, DAY)).hasSize(270);
    }
  }

  private static void correct(World world) {
    world.correct(new Request(List.of(DAY), false, false, "test", "because"), Instant.now());
  }

  private static void assertSameDay(World killed, World whole, int version) throws Exception {
    assertThat(LakeText.rows(killed, DAY)).isEqualTo(LakeText.rows(whole, DAY));
    assertThat(killed.cells("traffic", DAY, version)).isNotEmpty();
    for (ReportSpec report : ReportSpec.defaults()) {
      assertThat(killed.cells(report.name(), DAY, version))
          .as(report.name())
          .isEqualTo(whole.cells(report.name(), DAY, version));
    }
    assertThat(killed.days().exact(DAY, version))
        .containsExactlyInAnyOrderElementsOf(whole.days().exact(DAY, version));
  }

  /** The application in a process of its own, which dies at the point. */
  private int run(World world, String point) throws Exception {
    Path log = directory.resolve("killed.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("src/main/jvm/correction.jvm").toAbsolutePath(),
                "-Xmx512m",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Daqueduct.kill=" + point,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "aqueduct.correction.CorrectionApplication",
                "--aqueduct.correction.ledger=",
                "--aqueduct.correction.raw=" + world.raw(),
                "--aqueduct.correction.warehouse=" + world.lake().warehouse(),
                "--aqueduct.correction.master=local[2]",
                "--aqueduct.correction.partitions=2",
                "--aqueduct.correction.jdbc-url=" + world.database.jdbcUrl(),
                "--aqueduct.correction.user=postgres"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0 && process.exitValue() != 137) {
      System.err.println(Files.readString(log));
    }
    return process.exitValue();
  }
}
