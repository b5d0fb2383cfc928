// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.memory.ArbiterTable;
import aqueduct.arbiter.memory.DynamoDbJournal;
import aqueduct.arbiter.memory.Sighting;
import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.FileProgress;
import aqueduct.metrics.ReportSpec;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.stores.kinesis.KinesisRecordSink;
import aqueduct.stores.kinesis.SinkSettings;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresMetricStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * aggregate-app on real standalone clusters, two arbiters as real processes, and everything killed
 * in turn while chunks arrive. At the end every event counts once.
 *
 * <p>{@code ./mvnw -Pcluster-test -pl aggregate-app,arbiter-app -am verify -Dtest=ClusterTest
 * -Dsurefire.failIfNoSpecifiedTests=false}
 */
@Tag("cluster")
class ClusterTest {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Path ROOT = Path.of(System.getProperty("aqueduct.root"));
  @TempDir Path folder;
  private final List<ArbiterProcess> arbiters = new ArrayList<>();
  private EmbeddedServers servers;
  private MetricStore store;
  private PGSimpleDataSource source;
  private DynamoDbJournal journal;

  @Test
  void whatever_is_killed_a_healthy_cluster_is_back_and_every_event_counts_once() throws Exception {
    ServersTopology streams =
        new ServersTopology(
            List.of(),
            List.of(new StreamSpec("enriched-logs", 2), new StreamSpec("rejected-logs", 1)),
            List.of());
    Instant started = Instant.now();
    try (EmbeddedServers running =
        EmbeddedServers.start(
            folder.resolve("servers"),
            ServersSettings.only(Server.KINESIS, Server.DYNAMODB, Server.POSTGRES),
            streams)) {
      servers = running;
      connect();
      try (KinesisClient kinesis = kinesis();
          Feed feed =
              new Feed(
                  new KinesisRecordSink(kinesis, SinkSettings.defaults(), pipe -> pipe),
                  "enriched-logs")) {
        arbiters.add(arbiter("a"));
        arbiters.add(arbiter("b"));
        Cluster first = healthy(0);
        tell("first cluster, from nothing, two arbiters", started);

        Cluster second = afterKillOf("worker-1", first);
        killDriver(second);
        Cluster third = masterKilledAndTheActingArbiterWithIt(second);
        zombieWakesAndCannotWrite(third);

        feed.close();
        long events = feed.events();
        await().atMost(PATIENCE).until(() -> requests() >= events);
        assertThat(requests()).isEqualTo(events);
        FileProgress file = store.progress(Feed.FILE).orElseThrow();
        assertThat(file.chunks()).isEqualTo(feed.chunks());
        assertThat(file.events()).isEqualTo(events);
        assertThat(file.duplicateLines()).as("chunks were sent twice").isPositive();
        System.out.printf("exact: %d events of %d chunks%n", events, feed.chunks());
        journal.entries(100).forEach(System.out::println);
      } finally {
        arbiters.forEach(ArbiterProcess::close);
        endClusters();
      }
    }
  }

  private void connect() {
    source = new PGSimpleDataSource();
    source.setUrl(servers.endpoints().jdbcUrl());
    source.setUser("postgres");
    MetricSchema.create(source, ReportSpec.defaults());
    store = new PostgresMetricStore(source, ReportSpec.defaults());
    journal =
        new DynamoDbJournal(
            new ArbiterTable(
                DynamoDbClient.builder()
                    .endpointOverride(servers.endpoints().dynamoDb())
                    .region(Region.US_EAST_1)
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .credentialsProvider(credentials())
                    .build(),
                "arbiter"));
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
  }

  private KinesisClient kinesis() {
    return KinesisClient.builder()
        .endpointOverride(servers.endpoints().kinesis())
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(credentials())
        .build();
  }

  private ArbiterProcess arbiter(String name) throws IOException {
    return new ArbiterProcess(
        folder.resolve("arbiter-" + name + ".log"), servers.endpoints().env(), settings(name));
  }

  private List<String> settings(String name) throws IOException {
    Path aggregate = ROOT.resolve("aggregate-app");
    List<String> settings = new ArrayList<>();
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("name", name),
            Map.entry("backend", "standalone"),
            Map.entry("every", "1s"),
            Map.entry("lease", "20s"),
            Map.entry("jdbc-url", servers.endpoints().jdbcUrl()),
            Map.entry("user", "postgres"),
            Map.entry("patience.start", "12m"),
            Map.entry("patience.progress", "3m"),
            Map.entry("patience.heartbeat", "30s"),
            Map.entry("patience.listing", "30s"),
            Map.entry("restraint.launches-per-hour", "20"),
            Map.entry("restraint.first-back-off", "1s"),
            Map.entry("scale.min-units", "1"),
            Map.entry("scale.max-units", "1"),
            Map.entry("standalone.data", folder.resolve("clusters").toString()),
            Map.entry("standalone.spark-jars", aggregate.resolve("target/lib").toString()),
            Map.entry("standalone.job-jar", jar(aggregate.resolve("target")).toString()),
            Map.entry("standalone.main-class", "aqueduct.aggregate.AggregateApplication"),
            Map.entry("standalone.memory.service", "128"),
            Map.entry("standalone.memory.driver", "500"),
            Map.entry("standalone.memory.executor", "500"));
    values.forEach((key, value) -> settings.add("--aqueduct.arbiter." + key + "=" + value));
    list(
        settings,
        "arguments",
        List.of(
            "--aqueduct.aggregate.master=",
            "--aqueduct.aggregate.window=3s",
            "--aqueduct.aggregate.settle=500ms",
            "--aqueduct.aggregate.partitions=1",
            "--aqueduct.aggregate.jdbc-url=" + servers.endpoints().jdbcUrl(),
            "--aqueduct.aggregate.user=postgres"));
    list(settings, "jvm-options", options(aggregate));
    servers
        .endpoints()
        .env()
        .forEach(
            (key, value) ->
                settings.add("--aqueduct.arbiter.standalone.environment[" + key + "]=" + value));
    settings.add("--server.port=0");
    return settings;
  }

  private static void list(List<String> settings, String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      settings.add("--aqueduct.arbiter.standalone." + name + "[" + i + "]=" + values.get(i));
    }
  }

  private static List<String> options(Path aggregate) throws IOException {
    return Stream.concat(
            Files.readAllLines(aggregate.resolve("src/main/jvm/aggregate.jvm")).stream()
                .filter(line -> line.startsWith("-")),
            Stream.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"))
        .toList();
  }

  private static Path jar(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(
              file -> file.getFileName().toString().matches("aggregate-app-[^-]*(-SNAPSHOT)?.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException(target + " holds no aggregate-app: package it first"));
    }
  }

  /** The cluster that serves, alone, with windows that go on, as a writer above that one. */
  private Cluster healthy(long above) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> one(above).isPresent());
    long windows = windows();
    await().atMost(PATIENCE).until(() -> windows() > windows + 1);
    return one(above).orElseThrow();
  }

  private Optional<Cluster> one(long above) {
    List<Cluster> alive =
        sighting().map(Sighting::clusters).orElse(List.of()).stream()
            .filter(c -> c.state() != State.ENDED)
            .toList();
    return alive.size() == 1
            && alive.get(0).token() > above
            && alive.get(0).state() == State.RUNNING
            && alive.get(0).work().firstApplied().isPresent()
        ? Optional.of(alive.get(0))
        : Optional.empty();
  }

  private Optional<Sighting> sighting() {
    try {
      return journal.sighting();
    } catch (software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException e) {
      return Optional.empty(); // no arbiter has made the table yet
    }
  }

  private Cluster afterKillOf(String part, Cluster cluster) throws Exception {
    Instant killed = Instant.now();
    Signal.send("KILL", process(cluster, part));
    Cluster next = healthy(cluster.token());
    tell("kill -9 of a worker", killed);
    return next;
  }

  /** The master starts it anew by itself, as the same writer; or the arbiter is quicker. */
  private void killDriver(Cluster cluster) throws Exception {
    Instant killed = Instant.now();
    long driver = process(cluster, "driver");
    Signal.send("KILL", driver);
    await().atMost(PATIENCE).until(() -> ProcessHandle.of(driver).isEmpty());
    long windows = windows();
    await().atMost(PATIENCE).until(() -> windows() > windows + 1);
    tell("kill -9 of the driver", killed);
  }

  private Cluster masterKilledAndTheActingArbiterWithIt(Cluster cluster) throws Exception {
    Cluster serving = healthy(cluster.token() - 1);
    Instant killed = Instant.now();
    Signal.send("KILL", process(serving, "master"));
    awaitReplacement(serving);
    ArbiterProcess acting = acting();
    acting.signal("KILL");
    arbiters.remove(acting);
    Cluster next = healthy(serving.token());
    tell("kill -9 of the master, and of the acting arbiter amid the replacement", killed);
    arbiters.add(arbiter("c"));
    return next;
  }

  private void awaitReplacement(Cluster old) {
    String next = "launch-" + (old.token() + 1);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> Files.exists(folder.resolve("clusters").resolve(next)));
  }

  private ArbiterProcess acting() {
    String name = sighting().orElseThrow().arbiter().replaceAll("/.*", "");
    return arbiters.get(name.equals("a") ? 0 : 1);
  }

  /** Nobody ends the old cluster while both arbiters stand still, so the driver wakes in it. */
  private void zombieWakesAndCannotWrite(Cluster cluster) throws Exception {
    Instant stopped = Instant.now();
    long driver = process(cluster, "driver");
    Signal.send("STOP", driver);
    String next = "launch-" + (cluster.token() + 1);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                Files.exists(folder.resolve("clusters").resolve(next))
                    && Files.readString(
                            folder.resolve("clusters").resolve(next).resolve("cluster.properties"))
                        .contains("driver="));
    for (ArbiterProcess arbiter : arbiters) {
      arbiter.signal("STOP");
    }
    await().atMost(PATIENCE).until(() -> newestToken() > cluster.token());
    Instant wake = stopped.plusSeconds(60);
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(wake));
    Signal.send("CONT", driver);
    await().atMost(PATIENCE).until(() -> logsOf(cluster).contains("was replaced by writer"));
    assertThat(olderWritesAfterNewer()).as("windows of a writer after those of a newer").isZero();
    for (ArbiterProcess arbiter : arbiters) {
      arbiter.signal("CONT");
    }
    healthy(cluster.token());
    assertThat(olderWritesAfterNewer()).isZero();
    tell("SIGSTOP of the driver for 60 s, both arbiters stopped meanwhile", stopped);
  }

  private String logsOf(Cluster cluster) {
    try (Stream<Path> files = Files.walk(folder.resolve("clusters").resolve(cluster.id()))) {
      StringBuilder text = new StringBuilder();
      for (Path file :
          files.filter(f -> f.getFileName().toString().matches("stderr|stdout")).toList()) {
        text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long process(Cluster cluster, String part) throws IOException {
    Path mine = folder.resolve("clusters").resolve(cluster.id());
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(p -> p.getFileName().toString().matches("[0-9]+"))
          .filter(p -> commandLine(p).contains("-Daqueduct.cluster=" + mine + "\0"))
          .filter(p -> commandLine(p).contains("-Daqueduct.part=" + part + "\0"))
          .mapToLong(p -> Long.parseLong(p.getFileName().toString()))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no " + part + " of " + cluster.id()));
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private long number(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long windows() {
    return number("select count(*) from applied_window");
  }

  private long newestToken() {
    return number("select coalesce(max(writer_token), 0) from applied_window");
  }

  private long olderWritesAfterNewer() {
    return number(
        "select count(*) from applied_window a join applied_window b on a.writer_token <"
            + " b.writer_token and a.applied_at > b.applied_at");
  }

  private long requests() {
    return store
        .query(
            new MetricQuery(
                "traffic",
                Instant.EPOCH,
                Instant.parse("2030-01-01T00:00:00Z"),
                Grain.ALL,
                List.of(),
                Map.of()))
        .stream()
        .mapToLong(row -> row.measures().requests())
        .sum();
  }

  private static void tell(String what, Instant since) {
    System.out.printf(
        "healthy again after %s: %d s%n", what, Duration.between(since, Instant.now()).toSeconds());
  }

  private void endClusters() throws IOException {
    String mine = "-Daqueduct.cluster=" + folder.resolve("clusters");
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      processes
          .filter(p -> p.getFileName().toString().matches("[0-9]+"))
          .filter(p -> commandLine(p).contains(mine))
          .map(p -> Long.parseLong(p.getFileName().toString()))
          .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
  }
}
