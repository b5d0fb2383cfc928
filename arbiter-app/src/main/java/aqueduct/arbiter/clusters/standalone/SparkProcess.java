// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.standalone;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts masters and workers. They outlive the arbiter: what it started is no child to it. */
final class SparkProcess {
  private final StandaloneSettings settings;

  SparkProcess(StandaloneSettings settings) {
    this.settings = settings;
  }

  void master(ClusterFolder folder) {
    start(
        folder,
        "master",
        List.of(
            "-Dspark.master.rest.enabled=true",
            "-Dspark.master.rest.host=127.0.0.1",
            "-Dspark.master.rest.port=" + folder.get("rest"),
            "-Dspark.worker.timeout=10"),
        List.of(
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            folder.get("master"),
            "--webui-port",
            folder.get("web")));
  }

  void worker(ClusterFolder folder, String name) {
    int memory = Math.max(settings.memory().driver(), settings.memory().executor()) + 400;
    start(
        folder,
        name,
        List.of("-Dspark.worker.timeout=10"),
        List.of(
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            "-c",
            "1",
            "-m",
            memory + "m",
            "-d",
            folder.path().resolve(name).toString(),
            "spark://127.0.0.1:" + folder.get("master")));
  }

  private void start(
      ClusterFolder folder, String part, List<String> properties, List<String> program) {
    List<String> command = new ArrayList<>();
    command.add("setsid"); // so that the end of the arbiter's terminal is not theirs
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + settings.memory().service() + "m");
    command.addAll(Parts.mark(folder.path(), part));
    command.addAll(settings.jvmOptions());
    command.addAll(properties);
    command.addAll(List.of("-cp", settings.sparkJars() + File.separator + "*"));
    command.addAll(program);
    try {
      Path log = Files.createDirectories(folder.path().resolve("logs")).resolve(part + ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(settings.environment());
      builder.environment().putAll(spark(folder));
      builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spark looks for its jars in SPARK_HOME/jars, and for this variable where there is no build. */
  private Map<String, String> spark(ClusterFolder folder) throws IOException {
    Path home = Files.createDirectories(folder.path().resolve("spark"));
    Path jars = home.resolve("jars");
    if (!Files.exists(jars)) {
      Files.createSymbolicLink(jars, settings.sparkJars().toAbsolutePath());
    }
    return Map.of(
        "SPARK_HOME", home.toString(),
        "SPARK_SCALA_VERSION", "2.13",
        "SPARK_LOCAL_IP", "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME", "localhost",
        "SPARK_PUBLIC_DNS", "localhost");
  }
}
