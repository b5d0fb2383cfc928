// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import aqueduct.arbiter.clusters.standalone.StandaloneSettings;
import aqueduct.arbiter.clusters.standalone.StandaloneSettings.Megabytes;
import aqueduct.servers.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command line of an arbiter whose clusters are small and whose patience is short: windows of 3
 * s, one executor, Java's quick compiler alone.
 */
record ArbiterSettings(Path clusters, Endpoints endpoints) {
  private static final String MAIN = "aqueduct.aggregate.AggregateApplication";
  private static final Path AGGREGATE =
      Path.of(System.getProperty("aqueduct.root"), "aggregate-app");
  private static final JobJar JOB = new JobJar(AGGREGATE.resolve("target"));

  List<String> of(String name) throws IOException {
    List<String> settings = new ArrayList<>(List.of("--server.port=0"));
    values(name).forEach((key, value) -> settings.add("--aqueduct.arbiter." + key + "=" + value));
    list(settings, "arguments", arguments());
    list(settings, "jvm-options", options(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")));
    endpoints
        .env()
        .forEach(
            (key, value) ->
                settings.add("--aqueduct.arbiter.standalone.environment[" + key + "]=" + value));
    return settings;
  }

  /** The same clusters without an arbiter. */
  StandaloneSettings backend(List<String> arguments, List<String> ownOptions) throws IOException {
    return new StandaloneSettings(
        clusters,
        spark(),
        JOB.path(),
        MAIN,
        arguments,
        endpoints.env(),
        options(ownOptions),
        new Megabytes(128, 500, 1000));
  }

  private Map<String, String> values(String name) throws IOException {
    return Map.ofEntries(
        Map.entry("name", name),
        Map.entry("backend", "standalone"),
        Map.entry("every", "1s"),
        Map.entry("lease", "15s"),
        Map.entry("jdbc-url", endpoints.jdbcUrl()),
        Map.entry("user", "postgres"),
        Map.entry("patience.start", "8m"),
        Map.entry("patience.progress", "3m"),
        Map.entry("patience.heartbeat", "20s"),
        Map.entry("patience.listing", "30s"),
        Map.entry("restraint.launches-per-hour", "20"),
        Map.entry("restraint.first-back-off", "1s"),
        Map.entry("scale.min-units", "1"),
        Map.entry("scale.max-units", "1"),
        Map.entry("standalone.data", clusters.toString()),
        Map.entry("standalone.spark-jars", spark().toString()),
        Map.entry("standalone.job-jar", JOB.path().toString()),
        Map.entry("standalone.main-class", MAIN),
        Map.entry("standalone.memory.service", "128"),
        Map.entry("standalone.memory.driver", "500"),
        Map.entry("standalone.memory.executor", "500"));
  }

  private List<String> arguments() {
    return List.of(
        "--aqueduct.aggregate.master=",
        "--aqueduct.aggregate.window=3s",
        "--aqueduct.aggregate.settle=500ms",
        "--aqueduct.aggregate.partitions=1",
        "--aqueduct.aggregate.jdbc-url=" + endpoints.jdbcUrl(),
        "--aqueduct.aggregate.user=postgres");
  }

  private static void list(List<String> settings, String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      settings.add("--aqueduct.arbiter.standalone." + name + "[" + i + "]=" + values.get(i));
    }
  }

  private static List<String> options(List<String> own) throws IOException {
    return Stream.concat(
            Files.readAllLines(AGGREGATE.resolve("src/main/jvm/aggregate.jvm")).stream()
                .filter(line -> line.startsWith("-")),
            own.stream())
        .toList();
  }

  private Path spark() throws IOException {
    Path folder = clusters.resolveSibling("spark-jars");
    return Files.exists(folder) ? folder : JOB.spark(folder);
  }
}
