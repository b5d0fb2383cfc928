// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.local.system.CorrectionProcess;
import aqueduct.local.system.CorrectionProcess.Task;
import aqueduct.local.system.Delivery;
import aqueduct.local.system.GivenFile;
import aqueduct.local.system.LocalSystem;
import aqueduct.local.system.StoredSystem;
import aqueduct.local.system.SystemSettings;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficPlan;
import aqueduct.servers.ServersSettings.Server;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** One day in a directory, streamed, corrected, met by a late file, corrected again. */
final class CorrectionRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-01-15T00:00:00Z");
  private static final String DAY = "2026-01-15";

  /** So that the last event is within the day. */
  private static final double SECONDS = 86_000;

  private static final long LATE = 3_000;
  private final Path directory;
  private final Figures figures;
  private boolean right = true;

  CorrectionRun(Path directory, Figures figures) {
    this.directory = directory;
    this.figures = figures;
  }

  /** What a piece of work took. */
  private record Cost(double cpu, double wall, double megabytes) {}

  boolean measure(long events, long seed) throws IOException {
    List<GivenFile> warmUp =
        files("warm-up", plan(LATE, seed + 1, START.minus(Duration.ofDays(2)), 1));
    List<GivenFile> day = files("day", plan(events, seed, START, events / SECONDS));
    List<GivenFile> late = files("late", plan(LATE, seed + 2, START.plus(Duration.ofHours(10)), 1));
    figures.title("A day of " + events + " lines in " + day.size() + " files");
    Cost streamed = stream(warmUp, day);
    figures.say("streamed", "%.1f CPU-s, %.1f s wall", streamed.cpu, streamed.wall);
    Cost corrected = correct(events);
    say("corrected", corrected);
    figures.atLeast(
        "events per CPU-second, corrected over streamed", streamed.cpu / corrected.cpu, 1, "x ");
    say("corrected again, nothing new", correct(events));
    stream(warmUp, late);
    Cost again = correct(events + LATE);
    say("with a late file of " + LATE + " lines", again);
    figures.say("of the day's correction", "%.2f", again.cpu / corrected.cpu);
    return right;
  }

  private void say(String name, Cost cost) {
    figures.say(name, "%.1f CPU-s, %.1f s wall, %.0f MB", cost.cpu, cost.wall, cost.megabytes);
  }

  private static TrafficPlan plan(long events, long seed, Instant start, double rate) {
    return new TrafficPlan(events, seed, start, rate, TrafficPlan.Mix.TYPICAL, 0, 33);
  }

  private List<GivenFile> files(String name, TrafficPlan plan) throws IOException {
    Path logs = directory.resolve(name);
    new Traffic().write(plan, logs, file -> {});
    List<GivenFile> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(logs)) {
      for (Path path : all.filter(p -> p.toString().endsWith(".gz")).sorted().toList()) {
        files.add(GivenFile.of(path));
      }
    }
    return files;
  }

  private Path data() {
    return directory.resolve("data");
  }

  private static Path home() {
    return Path.of(System.getenv().getOrDefault("AQUEDUCT_HOME", "")).toAbsolutePath();
  }

  private Cost stream(List<GivenFile> warmUp, List<GivenFile> files) throws IOException {
    SystemSettings settings =
        new SystemSettings(
            data(), home(), Optional.empty(), Duration.ofSeconds(2), OptionalInt.empty());
    try (LocalSystem system = LocalSystem.start(settings, words -> {})) {
      deliver(system, warmUp);
      long started = System.nanoTime();
      try (ProcessWatch processes = new ProcessWatch(data())) {
        deliver(system, files);
        return cost(processes, started);
      }
    }
  }

  private static void deliver(LocalSystem system, List<GivenFile> files) throws IOException {
    Delivery delivery = new Delivery(system);
    for (GivenFile file : files) delivery.put(file);
    delivery.await((applied, known) -> {});
  }

  private Cost correct(long rows) throws IOException {
    try (StoredSystem stored =
        StoredSystem.open(data(), Server.POSTGRES, Server.S3, Server.SQS, Server.DYNAMODB)) {
      stored.ledger(); // makes its table where it is missing
      long started = System.nanoTime();
      try (ProcessWatch processes = new ProcessWatch(data())) {
        Task task = Task.of(Map.of("days", DAY, "who", "bench", "why", "bench"));
        int status =
            CorrectionProcess.run(
                home(), data(), stored.endpoints(), task, line -> check(line, rows));
        if (status != 0) throw new IOException("the correction ended with status " + status);
        return cost(processes, started);
      }
    }
  }

  private static Cost cost(ProcessWatch processes, long started) {
    double cpu = processes.cpuSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
    return new Cost(cpu, (System.nanoTime() - started) / 1e9, processes.mostMegabytes());
  }

  private void check(String line, long rows) {
    try {
      JsonNode day = JSON.readTree(line);
      boolean same = day.path("rows").asLong() == rows && day.path("difference").isEmpty();
      if (!same) figures.say("DIFFERENT", "%d rows wanted: %s", rows, line);
      right &= same;
    } catch (IOException e) {
      throw new IllegalStateException("the correction answers " + line, e);
    }
  }
}
