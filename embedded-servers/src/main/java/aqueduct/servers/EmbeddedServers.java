// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.servers.dynamodb.DynamoDbServer;
import aqueduct.servers.kinesis.KinesisServer;
import aqueduct.servers.kinesis.KinesisSettings;
import aqueduct.servers.postgres.PostgresServer;
import aqueduct.servers.s3.S3Server;
import aqueduct.servers.sqs.SqsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A data directory and a topology -> running servers, all on 127.0.0.1. What was stored is there
 * again after a restart; after close nothing runs and no port is taken.
 */
public final class EmbeddedServers implements AutoCloseable {
  private final DataDirectory data;
  private final ServersSettings settings;
  private final ServersTopology topology;
  private @Nullable SqsServer sqs;
  private @Nullable S3Server s3;
  private @Nullable KinesisServer kinesis;
  private @Nullable DynamoDbServer dynamoDb;
  private @Nullable PostgresServer postgres;
  private boolean closed;

  private EmbeddedServers(DataDirectory data, ServersSettings settings, ServersTopology topology) {
    this.data = data;
    this.settings = settings;
    this.topology = topology;
  }

  /**
   * Returns when every server answers and what the topology names is there.
   *
   * @throws IOException if one cannot start, or another process has the directory; then none runs
   */
  public static EmbeddedServers start(Path data, ServersSettings settings, ServersTopology topology)
      throws IOException {
    EmbeddedServers servers = new EmbeddedServers(DataDirectory.claim(data), settings, topology);
    try {
      InParallel.run(
          // The slowest first; S3 after SQS, which it tells of its buckets.
          () -> servers.startIf(Server.POSTGRES),
          () -> {
            servers.startIf(Server.SQS);
            servers.startIf(Server.S3);
          },
          () -> servers.startIf(Server.DYNAMODB),
          () -> servers.startIf(Server.KINESIS));
      return servers;
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** Where a directory of servers keeps its Kinesis records, for readers without servers. */
  public static Path kinesisData(Path data) {
    return data.resolve("kinesis");
  }

  private void startIf(Server server) throws IOException {
    if (!settings.servers().contains(server)) return;
    int port = settings.port(server);
    switch (server) {
      case POSTGRES -> postgres = PostgresServer.start(data.of("postgres"), port, settings.fsync());
      case DYNAMODB -> dynamoDb = DynamoDbServer.start(data.of("dynamodb"), port);
      case SQS ->
          sqs =
              SqsServer.start(
                  data.of("sqs"),
                  port,
                  settings.region(),
                  settings.keepMessages(),
                  topology.queues());
      case S3 ->
          s3 =
              S3Server.start(
                  data.of("s3"), port, settings.region(), Clock.systemUTC(), buckets(), this::send);
      case KINESIS -> startKinesis(port);
    }
  }

  private void startKinesis(int port) throws IOException {
    KinesisSettings how =
        KinesisSettings.defaults()
            .withPort(port)
            .withRegion(settings.region())
            .withRetentionHours(settings.retentionHours());
    KinesisServer started = KinesisServer.start(data.of("kinesis"), how);
    kinesis = started;
    for (StreamSpec stream : topology.streams())
      started.ensureStream(stream.name(), stream.shards());
  }

  private Map<String, String> buckets() {
    return topology.buckets().stream()
        .collect(Collectors.toMap(BucketSpec::name, BucketSpec::queue));
  }

  private void send(String queue, String body) {
    SqsServer queues = sqs;
    if (queues == null)
      throw new IllegalStateException("No SQS server runs to take a message for queue " + queue);
    try {
      queues.send(queue, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Endpoints endpoints() {
    Map<String, String> env = Endpoints.credentials(settings.region());
    if (s3 != null) env.put(Endpoints.S3, s3.endpoint().toString());
    if (sqs != null) env.put(Endpoints.SQS, sqs.endpoint().toString());
    if (kinesis != null) env.put(Endpoints.KINESIS, kinesis.endpoint().toString());
    if (dynamoDb != null) env.put(Endpoints.DYNAMODB, dynamoDb.endpoint().toString());
    if (postgres != null) env.put(Endpoints.JDBC_URL, postgres.jdbcUrl());
    return new Endpoints(env);
  }

  /** The Kinesis server, to switch its throttling. */
  public KinesisServer kinesis() {
    if (kinesis == null) throw new IllegalStateException("The Kinesis server was not started");
    return kinesis;
  }

  /** Sends the notification of each object in the bucket once more; returns how many. */
  public int renotify(String bucket) {
    if (s3 == null) throw new IllegalStateException("The S3 server was not started");
    return s3.renotify(bucket);
  }

  /** Stops them in an order in which none misses another; once. */
  @Override
  public synchronized void close() {
    if (closed) return;
    closed = true;
    Closing closing = new Closing();
    closing.close(s3);
    closing.close(sqs);
    closing.close(kinesis);
    closing.close(dynamoDb);
    closing.close(postgres);
    closing.close(data);
    closing.end();
  }
}
