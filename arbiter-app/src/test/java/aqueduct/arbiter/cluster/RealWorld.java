// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.memory.ArbiterTable;
import aqueduct.arbiter.memory.DynamoDbJournal;
import aqueduct.arbiter.memory.Entry;
import aqueduct.arbiter.memory.Sighting;
import aqueduct.metrics.MetricStore.FileProgress;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.Endpoints;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.stores.kinesis.KinesisRecordSink;
import aqueduct.stores.kinesis.SinkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Embedded servers, a stream that is fed, arbiters as processes, and the clusters they keep. */
final class RealWorld implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final ServersTopology STREAMS =
      new ServersTopology(
          List.of(),
          List.of(new StreamSpec("enriched-logs", 2), new StreamSpec("rejected-logs", 1)),
          List.of());
  private final Path folder;
  private final EmbeddedServers servers;
  private final DynamoDbClient dynamo;
  private final KinesisClient kinesis;
  private final KinesisRecordSink sink;
  private final Map<String, ArbiterProcess> arbiters = new LinkedHashMap<>();
  private final DynamoDbJournal journal;
  private final ArbiterSettings settings;
  private final Feed feed;
  final ClusterParts parts;
  final StoredMetrics metrics;

  RealWorld(Path folder) throws IOException {
    this.folder = folder;
    servers =
        EmbeddedServers.start(
            folder.resolve("servers"),
            ServersSettings.only(Server.KINESIS, Server.DYNAMODB, Server.POSTGRES),
            STREAMS);
    parts = new ClusterParts(folder.resolve("clusters"));
    metrics = new StoredMetrics(servers.endpoints().jdbcUrl());
    settings = new ArbiterSettings(parts.clusters(), servers.endpoints());
    dynamo =
        DynamoDbClient.builder()
            .endpointOverride(servers.endpoints().dynamoDb())
            .region(Region.US_EAST_1)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(local())
            .build();
    kinesis = kinesis(servers.endpoints());
    sink = new KinesisRecordSink(kinesis, SinkSettings.defaults(), pipe -> pipe);
    journal = new DynamoDbJournal(new ArbiterTable(dynamo, "arbiter"));
    feed = new Feed(sink, "enriched-logs");
  }

  private static StaticCredentialsProvider local() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
  }

  static KinesisClient kinesis(Endpoints endpoints) {
    return KinesisClient.builder()
        .endpointOverride(endpoints.kinesis())
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(local())
        .build();
  }

  void startArbiter(String name) throws IOException {
    arbiters.put(
        name,
        new ArbiterProcess(
            folder.resolve("arbiter-" + name + ".log"),
            servers.endpoints().env(),
            settings.of(name)));
  }

  /** Kills the one that has the lease; returns its name. */
  String killActingArbiter() throws IOException, InterruptedException {
    String name = sighting().orElseThrow().arbiter().replaceAll("/.*", "");
    ArbiterProcess acting = arbiters.remove(name);
    assertThat(acting).as("arbiter %s", name).isNotNull();
    acting.signal("KILL");
    return name;
  }

  void signalArbiters(String signal) throws IOException, InterruptedException {
    for (ArbiterProcess arbiter : arbiters.values()) {
      arbiter.signal(signal);
    }
  }

  /**
   * The cluster that serves, alone, as a writer above that one; two more windows have come since it
   * was seen.
   */
  Cluster healthy(long above) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> one(above).isPresent());
    awaitWindows();
    return one(above).orElseGet(() -> healthy(above));
  }

  void awaitWindows() {
    long windows = metrics.windows();
    await().atMost(PATIENCE).until(() -> metrics.windows() > windows + 1);
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
    } catch (ResourceNotFoundException e) {
      return Optional.empty(); // no arbiter has made the table yet
    }
  }

  List<Entry> decisions() {
    return journal.entries(1000);
  }

  /** Everything that was sent is counted once, whatever was sent twice. */
  void everyEventCountsOnce() {
    feed.pause();
    long events = feed.events();
    await().atMost(PATIENCE).until(() -> metrics.requests() >= events);
    assertThat(metrics.requests()).as("requests in the metrics").isEqualTo(events);
    FileProgress file = metrics.progress();
    assertThat(file.chunks()).isEqualTo(feed.chunks());
    assertThat(file.events()).isEqualTo(events);
    assertThat(file.duplicateLines()).as("lines sent twice").isPositive();
    System.out.printf("exact: %d events of %d chunks%n", events, feed.chunks());
    feed.goOn();
  }

  @Override
  public void close() throws InterruptedException {
    arbiters.values().forEach(ArbiterProcess::close);
    parts.endAll();
    feed.close();
    sink.close();
    kinesis.close();
    dynamo.close();
    servers.close();
  }
}
