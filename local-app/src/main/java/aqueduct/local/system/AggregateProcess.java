// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

import aqueduct.servers.Endpoints;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * aggregate-app with Spark inside, as a process beside this one: it has its own libraries. One that
 * ends by itself is started again; what it had not applied is read again.
 */
final class AggregateProcess implements AutoCloseable {
  private static final long PATIENCE = 25;
  private static final int TRIES = 4;
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);
  private final ProcessBuilder builder;
  private final Path log;
  private final Consumer<String> tell;
  private Process process;
  private long started = System.nanoTime();
  private int tries = 1;
  private boolean closed;

  private AggregateProcess(ProcessBuilder builder, Path log, Consumer<String> tell)
      throws IOException {
    this.builder = builder;
    this.log = log;
    this.tell = tell;
    process = builder.start();
  }

  /** Starts it with the topology's own settings of it; where they are silent, with ours. */
  static AggregateProcess start(
      SystemSettings settings, Topology topology, Endpoints endpoints, Consumer<String> tell)
      throws IOException {
    Files.createDirectories(settings.logs());
    Path log = settings.logs().resolve("aggregate.log");
    Files.deleteIfExists(log);
    List<String> command = command(settings);
    arguments(settings, topology, endpoints)
        .forEach((name, value) -> command.add("--aqueduct.aggregate." + name + "=" + value));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(endpoints.env());
    builder.directory(settings.data().toFile());
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    return new AggregateProcess(builder, log, tell);
  }

  private static List<String> command(SystemSettings settings) throws IOException {
    Path app = settings.home().resolve("aggregate-app");
    Path libraries = app.resolve("target/lib");
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + app.resolve("src/main/jvm/aggregate.jvm"),
            "-Xms64m",
            "-Xmx700m",
            "-XX:+UseSerialGC",
            "-XX:MaxMetaspaceSize=256m",
            "-Djava.io.tmpdir=" + Files.createDirectories(settings.data().resolve("tmp")),
            "-cp",
            jar(app) + File.pathSeparator + libraries + File.separator + "*",
            "aqueduct.aggregate.AggregateApplication"));
  }

  private static Map<String, String> arguments(
      SystemSettings settings, Topology topology, Endpoints endpoints) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("stream", topology.prefix() + "enriched-logs");
    arguments.put("rejected-pipe", topology.prefix() + "rejected-logs");
    arguments.put("window", settings.window().toMillis() + "ms");
    arguments.put("settle", "500ms");
    arguments.put("master", "local[2]");
    arguments.put("partitions", "2");
    arguments.put("jdbc-url", endpoints.jdbcUrl());
    arguments.put("user", "postgres");
    arguments.putAll(topology.aggregate());
    arguments.put("parent-pid", Long.toString(ProcessHandle.current().pid()));
    return arguments;
  }

  private static Path jar(Path app) throws IOException {
    Path target = app.resolve("target");
    if (Files.isDirectory(target) && Files.isDirectory(target.resolve("lib"))) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "aggregate-app-*.jar")) {
        for (Path jar : jars) return jar;
      }
    }
    throw new IOException(
        "aggregate-app is not built in " + target + ": run ./mvnw -DskipTests package");
  }

  /**
   * Looks whether it lives, and starts it again if not.
   *
   * @throws IOException if it has ended too often
   */
  synchronized void check() throws IOException {
    if (closed || process.isAlive()) return;
    if (System.nanoTime() - started > LONG_ENOUGH.toNanos()) tries = 0;
    if (tries == TRIES) throw new IOException(complaint());
    tries++;
    started = System.nanoTime();
    tell.accept(
        "The aggregation ended (exit status " + process.exitValue() + ") and is started again");
    process = builder.start();
  }

  private String complaint() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return "aggregate-app ended "
        + TRIES
        + " times, last with exit status "
        + process.exitValue()
        + "; see "
        + log
        + "\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  synchronized long pid() {
    return process.pid();
  }

  /** Lets it finish its batch; then ends it. What was not applied is read again next time. */
  @Override
  public synchronized void close() {
    closed = true;
    process.destroy();
    try {
      if (process.waitFor(PATIENCE, TimeUnit.SECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
