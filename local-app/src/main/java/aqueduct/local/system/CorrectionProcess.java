// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

import aqueduct.servers.Endpoints;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * correction-batch with Spark inside, as a process beside this one. Its progress goes to standard
 * error, its log into the data directory, and each line of its answer to the caller.
 */
public final class CorrectionProcess {
  private static final String DATASETS = "aqueduct.enrichment.datasets";

  private CorrectionProcess() {}

  /**
   * What is to be done.
   *
   * @param settings names under aqueduct.correction and their values
   * @param config the file of settings that the pipeline runs with
   */
  public record Task(Map<String, String> settings, Optional<Path> config) {
    /** With the default settings of the pipeline. */
    public static Task of(Map<String, String> settings) {
      return new Task(settings, Optional.empty());
    }
  }

  /**
   * Runs one task to its end and answers its exit status.
   *
   * @param data the data directory
   */
  public static int run(Path home, Path data, Endpoints endpoints, Task task, Consumer<String> line)
      throws IOException {
    Path log = Files.createDirectories(data.resolve("logs")).resolve("correction.log");
    ProcessBuilder builder = new ProcessBuilder(command(home, data, endpoints, task, log));
    builder.environment().putAll(endpoints.env());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.directory(data.toFile());
    builder.redirectError(Redirect.INHERIT);
    Process process = builder.start();
    Thread end = new Thread(process::destroy, "stop-correction");
    Runtime.getRuntime().addShutdownHook(end);
    try (BufferedReader answer = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      for (String text = answer.readLine(); text != null; text = answer.readLine()) {
        line.accept(text);
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; started again the correction goes on", e);
    } finally {
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  private static List<String> command(
      Path home, Path data, Endpoints endpoints, Task task, Path log) throws IOException {
    Path app = home.resolve("correction-batch");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + app.resolve("src/main/jvm/correction.jvm"),
                "-Xms64m",
                "-Xmx1500m",
                "-Djava.io.tmpdir=" + Files.createDirectories(data.resolve("tmp")),
                "-cp",
                jar(app) + File.pathSeparator + app.resolve("target/lib") + File.separator + "*",
                "aqueduct.correction.CorrectionApplication",
                "--logging.file.name=" + log,
                "--logging.threshold.console=error"));
    task.config()
        .ifPresent(own -> command.add("--spring.config.additional-location=" + own.toUri()));
    if (!Topology.environment(task.config()).containsProperty(DATASETS)) {
      command.add("--" + DATASETS + "=" + LocalSystem.datasets(data));
    }
    Map<String, String> all = new LinkedHashMap<>();
    all.put("warehouse", lake(data).toUri().toString());
    all.put("master", "local[2]");
    all.put("jdbc-url", endpoints.jdbcUrl());
    all.put("user", "postgres");
    all.putAll(task.settings());
    all.forEach((name, value) -> command.add("--aqueduct.correction." + name + "=" + value));
    return command;
  }

  /** The folder of the lake in a data directory. */
  public static Path lake(Path data) {
    return data.resolve("lake");
  }

  private static Path jar(Path app) throws IOException {
    Path target = app.resolve("target");
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> jars =
          Files.newDirectoryStream(target, "correction-batch-*.jar")) {
        for (Path jar : jars) return jar;
      }
    }
    throw new IOException(
        "correction-batch is not built in " + target + ": run ./mvnw -DskipTests package");
  }
}
