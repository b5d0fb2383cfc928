// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

import aqueduct.servers.Endpoints;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** aggregate-app with Spark inside, as a process beside this one: it has its own libraries. */
final class AggregateProcess implements AutoCloseable {
  private static final long PATIENCE = 25;
  private final Process process;
  private final Path log;

  private AggregateProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static AggregateProcess start(SystemSettings settings, Endpoints endpoints, String stream)
      throws IOException {
    Files.createDirectories(settings.logs());
    Path log = settings.logs().resolve("aggregate.log");
    Path app = settings.home().resolve("aggregate-app");
    String libraries =
        jar(app) + File.pathSeparator + app.resolve("target/lib") + File.separator + "*";
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + app.resolve("src/main/jvm/aggregate.jvm"),
            "-Xms64m",
            "-Xmx700m",
            "-XX:+UseSerialGC",
            "-XX:MaxMetaspaceSize=256m",
            "-Djava.io.tmpdir=" + Files.createDirectories(settings.data().resolve("tmp")),
            "-cp",
            libraries,
            "aqueduct.aggregate.AggregateApplication",
            "--aqueduct.aggregate.stream=" + stream,
            "--aqueduct.aggregate.window=" + settings.window().toMillis() + "ms",
            "--aqueduct.aggregate.settle=500ms",
            "--aqueduct.aggregate.master=local[2]",
            "--aqueduct.aggregate.partitions=2",
            "--aqueduct.aggregate.jdbc-url=" + endpoints.jdbcUrl(),
            "--aqueduct.aggregate.user=postgres");
    builder.environment().putAll(endpoints.env());
    builder.directory(settings.data().toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new AggregateProcess(builder.start(), log);
  }

  private static Path jar(Path app) throws IOException {
    Path target = app.resolve("target");
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "aggregate-app-*.jar")) {
        for (Path jar : jars) return jar;
      }
    }
    throw new IOException(
        "aggregate-app is not built in " + target + ": run ./mvnw -DskipTests package");
  }

  /**
   * Looks whether it lives.
   *
   * @throws IOException if it has ended by itself
   */
  void check() throws IOException {
    if (process.isAlive()) return;
    List<String> lines = Files.readAllLines(log);
    throw new IOException(
        "aggregate-app ended with exit status "
            + process.exitValue()
            + "; see "
            + log
            + "\n"
            + String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size())));
  }

  long pid() {
    return process.pid();
  }

  /** Lets it finish its batch; then ends it. What was not applied is read again next time. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(PATIENCE, TimeUnit.SECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
