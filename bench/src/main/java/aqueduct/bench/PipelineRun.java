// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.local.system.Delivery;
import aqueduct.local.system.FileAccount;
import aqueduct.local.system.GivenFile;
import aqueduct.local.system.LocalSystem;
import aqueduct.local.system.SystemSettings;
import aqueduct.local.traffic.Expected;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** One run of the whole pipeline in a directory, measured. */
final class PipelineRun {
  private static final long WARM_UP_LINES = 3_000;
  private final Path directory;
  private final Duration window;
  private final boolean joined;
  private final boolean dictionary;

  PipelineRun(Path directory, Duration window, boolean joined, boolean dictionary) {
    this.directory = directory;
    this.window = window;
    this.joined = joined;
    this.dictionary = dictionary;
  }

  /** Answers whether all counts are right. */
  boolean measure(TrafficPlan plan, Figures figures) throws IOException {
    Path logs = directory.resolve("input");
    Expected expected = new Traffic().write(plan, logs, file -> {});
    List<GivenFile> files = given(logs);
    figures.title("Whole pipeline: gz files in S3 -> rows in PostgreSQL, all on this machine");
    figures.say(
        "input",
        "%,d lines, mix %s, %,d files, %.1f MB gz",
        expected.lines(),
        plan.mix(),
        files.size(),
        files.stream().mapToLong(GivenFile::size).sum() / 1e6);
    figures.say("windows", "%d ms; PostgreSQL with fsync on", window.toMillis());
    if (dictionary) storeDictionary(plan, figures);
    else figures.say("user-agent dictionary", "none");
    long started = System.nanoTime();
    try (LocalSystem system = LocalSystem.start(settings(), words -> {})) {
      warmUp(system, plan);
      figures.say("started, and one small file applied, after", "%.1f s", since(started));
      try (ProcessWatch processes = new ProcessWatch(directory.resolve("data"))) {
        deliver(system, files, expected, new PipelineFigures(figures, processes));
      }
      return new CountCheck(system.metrics(), figures).holds(expected);
    }
  }

  private void storeDictionary(TrafficPlan plan, Figures figures) throws IOException {
    List<String> agents = SeenAgents.dayBefore(plan);
    SeenAgents.store(
        agents,
        LocalSystem.datasets(directory.resolve("data")),
        LocalDate.ofInstant(plan.start(), ZoneOffset.UTC));
    figures.say(
        "user-agent dictionary",
        "as a correction of the day before makes it: %,d agents",
        agents.size());
  }

  private SystemSettings settings() {
    return new SystemSettings(
        directory.resolve("data"),
        Path.of(System.getenv().getOrDefault("AQUEDUCT_HOME", "")).toAbsolutePath(),
        Optional.empty(),
        window,
        OptionalInt.empty());
  }

  /** Another day's lines, so that they are in no row that is checked. */
  private void warmUp(LocalSystem system, TrafficPlan plan) throws IOException {
    TrafficPlan small =
        new TrafficPlan(
            WARM_UP_LINES,
            plan.seed() + 1,
            plan.start().minus(Duration.ofDays(2)),
            plan.rate(),
            plan.mix(),
            0,
            plan.fields());
    Path logs = directory.resolve("warm-up");
    new Traffic().write(small, logs, file -> {});
    Delivery delivery = new Delivery(system);
    for (GivenFile file : given(logs)) delivery.put(file);
    delivery.await((applied, known) -> {});
  }

  private static void deliver(
      LocalSystem system, List<GivenFile> files, Expected expected, PipelineFigures figures)
      throws IOException {
    Delivery delivery = new Delivery(system);
    long first = System.nanoTime();
    for (GivenFile file : files) delivery.put(file);
    figures.put(since(first));
    List<FileAccount> accounts = delivery.await(figures::applied);
    figures.done(since(first), expected.lines());
    if (accounts.stream().anyMatch(account -> !account.isWhole())) {
      throw new IOException("lines are missing in the accounts: " + accounts);
    }
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private List<GivenFile> given(Path logs) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.list(logs)) {
      paths = all.filter(path -> path.toString().endsWith(".gz")).sorted().toList();
    }
    if (joined) paths = List.of(join(paths));
    List<GivenFile> files = new java.util.ArrayList<>();
    for (Path path : paths) files.add(GivenFile.of(path));
    return files;
  }

  /** gzip members one behind the other are one gzip file. */
  private static Path join(List<Path> paths) throws IOException {
    Path whole = paths.get(0).resolveSibling("joined");
    Files.createDirectories(whole);
    Path file = whole.resolve(paths.get(0).getFileName());
    try (OutputStream out = Files.newOutputStream(file)) {
      for (Path path : paths) Files.copy(path, out);
    }
    return file;
  }
}
