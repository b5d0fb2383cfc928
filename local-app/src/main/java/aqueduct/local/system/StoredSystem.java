// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

import aqueduct.logs.FileLedger;
import aqueduct.metrics.MetricStore;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.Endpoints;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.stores.ledger.DynamoDbFileLedger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What a data directory holds -> clients for it: of the servers of the pipeline that runs on it, or
 * of the servers alone, started for the question.
 */
public final class StoredSystem implements AutoCloseable {
  private static final Duration RETENTION = Duration.ofDays(400);
  private final Path data;
  private final Topology topology;
  private final Endpoints endpoints;
  private final boolean running;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Map<Class<?>, Object> opened = new HashMap<>();

  private StoredSystem(
      Path data, Topology topology, Endpoints endpoints, @Nullable EmbeddedServers own) {
    this.data = data;
    this.topology = topology;
    this.endpoints = endpoints;
    running = own == null;
    if (own != null) open.push(own);
  }

  /** Opens what the question needs; only that is started where no pipeline runs. */
  public static StoredSystem open(Path data, Server first, Server... more) throws IOException {
    Topology topology = Topology.read(Optional.empty());
    if (new RunningFile(data).process().isPresent()) {
      return new StoredSystem(
          data, topology, Endpoints.readEnvFile(data.resolve("aqueduct.env")), null);
    }
    EmbeddedServers servers =
        EmbeddedServers.start(
            data,
            ServersSettings.only(first, more).withFsync(true).withKeepMessages(true),
            topology.servers());
    return new StoredSystem(data, topology, servers.endpoints(), servers);
  }

  public Path data() {
    return data;
  }

  /** Where its servers are, as other processes are told. */
  public Endpoints endpoints() {
    return endpoints;
  }

  public Topology topology() {
    return topology;
  }

  /** Whether a pipeline runs on the directory. */
  public boolean isRunning() {
    return running;
  }

  public MetricStore metrics() {
    return once(MetricStore.class, () -> closing(LocalSystem.metrics(endpoints)));
  }

  public FileLedger ledger() {
    return once(
        FileLedger.class,
        () -> {
          DynamoDbFileLedger ledger =
              new DynamoDbFileLedger(dynamoDb(), topology.prefix() + "file-ledger", RETENTION);
          ledger.createTable();
          return ledger;
        });
  }

  public DynamoDbClient dynamoDb() {
    return once(DynamoDbClient.class, () -> client(DynamoDbClient.builder(), endpoints.dynamoDb()));
  }

  public SqsClient sqs() {
    return once(SqsClient.class, () -> client(SqsClient.builder(), endpoints.sqs()));
  }

  public S3Client s3() {
    return once(
        S3Client.class, () -> client(S3Client.builder().forcePathStyle(true), endpoints.s3()));
  }

  /** What is asked for again and again is opened once. */
  private <T> T once(Class<T> type, Supplier<T> open) {
    Object known = opened.get(type);
    T one = known == null ? open.get() : type.cast(known);
    opened.put(type, one);
    return one;
  }

  private <B extends AwsClientBuilder<B, C>, C extends AutoCloseable> C client(
      B builder, URI endpoint) {
    return closing(
        builder
            .endpointOverride(endpoint)
            .region(Region.of(endpoints.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build());
  }

  private <C extends AutoCloseable> C closing(C client) {
    open.push(client);
    return client;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("Cannot close what was opened in " + data, e);
      }
    }
  }
}
