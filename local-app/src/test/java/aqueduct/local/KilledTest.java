// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.local.traffic.Expected;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run} as a process of its own, killed in the middle of it and given the same files again.
 */
class KilledTest {
  @TempDir Path directory;
  private final List<ProcessHandle> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void a_run_killed_in_its_work_loses_nothing_counts_nothing_twice_and_leaves_no_process()
      throws Exception {
    Path logs = directory.resolve("logs");
    Path data = directory.resolve("data");
    Expected expected =
        new Traffic()
            .write(
                new TrafficPlan(
                    60_000,
                    9,
                    Instant.parse("2026-01-20T10:00:00Z"),
                    10,
                    TrafficPlan.Mix.TYPICAL,
                    0.5,
                    33),
                logs,
                file -> {});

    Process first = run(data, logs);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> holdsRecords(data) || !first.isAlive());
    List<ProcessHandle> all =
        Stream.concat(Stream.of(first.toHandle()), first.descendants()).toList();
    started.addAll(all);
    assertThat(all).as("itself, Spark and PostgreSQL").hasSizeGreaterThanOrEqualTo(3);
    assertThat(first.destroyForcibly().waitFor()).as("killed, not ended").isEqualTo(137);

    Process second = run(data, logs);
    assertThat(second.waitFor(4, TimeUnit.MINUTES)).isTrue();
    assertThat(second.exitValue()).as(Files.readString(directory.resolve("out"))).isZero();
    assertThat(Counts.stored(data, "2026-01-20")).isEqualTo(Counts.of(expected));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(all).noneMatch(ProcessHandle::isAlive));
  }

  private Process run(Path data, Path logs) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx700m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.net.preferIPv4Stack=true",
            "-cp",
            SharedPipeline.classPath(),
            "aqueduct.local.Main",
            "run",
            "--data",
            data.toString(),
            logs.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("AQUEDUCT_HOME", SharedPipeline.home().toString());
    Process process =
        builder.redirectErrorStream(true).redirectOutput(directory.resolve("out").toFile()).start();
    started.add(process.toHandle());
    return process;
  }

  /** Some chunks are in raw-logs; with so many files not all of them are. */
  private static boolean holdsRecords(Path data) throws IOException {
    Path stream = data.resolve("kinesis/raw-logs");
    if (!Files.isDirectory(stream)) return false;
    try (Stream<Path> all = Files.walk(stream)) {
      return all.filter(Files::isRegularFile)
          .filter(p -> p.getParent().getFileName().toString().startsWith("shardId"))
          .anyMatch(p -> p.toFile().length() > 1000);
    }
  }
}
