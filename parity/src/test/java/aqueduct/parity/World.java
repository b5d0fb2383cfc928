// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.servers.sqs.QueueSpec;
import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import aqueduct.topology.TopologyReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * An AWS of its own for one run of one element: what topology.yml declares, empty, and nothing that
 * acts by itself (no bucket notifies), so that only the element does anything.
 */
final class World implements AutoCloseable {
  /** Poison goes to the dead letters after this many tries: two show as much as five. */
  static final int TRIES = 2;

  private static final StaticCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
  final Topology topology;
  final EmbeddedServers servers;
  final S3Client s3;
  final SqsClient sqs;
  final KinesisClient kinesis;
  final DynamoDbClient dynamo;
  private final Map<String, String> more = new HashMap<>();

  private World(Topology topology, EmbeddedServers servers) {
    this.topology = topology;
    this.servers = servers;
    s3 = to(servers.endpoints().s3(), S3Client.builder().forcePathStyle(true)).build();
    sqs = to(servers.endpoints().sqs(), SqsClient.builder()).build();
    kinesis = to(servers.endpoints().kinesis(), KinesisClient.builder()).build();
    dynamo = to(servers.endpoints().dynamoDb(), DynamoDbClient.builder()).build();
  }

  static Path root() {
    return Path.of(System.getProperty("aqueduct.root"));
  }

  /** With everything that the files of manifests/topologies add, so that one world does for all. */
  static World start(Path data) throws IOException {
    Path manifests = root().resolve("manifests");
    Topology topology =
        TopologyReader.read(
            manifests.resolve("topology.yml"),
            List.of(
                manifests.resolve("topologies").resolve("third-environment.yml"),
                manifests.resolve("topologies").resolve("second-enrichment.yml")));
    ServersSettings only =
        ServersSettings.only(Server.S3, Server.SQS, Server.KINESIS, Server.DYNAMODB);
    return new World(topology, EmbeddedServers.start(data, only, servers(topology)));
  }

  private static ServersTopology servers(Topology topology) {
    List<QueueSpec> queues = new ArrayList<>();
    List<StreamSpec> streams = new ArrayList<>();
    topology
        .pipes()
        .forEach(
            (name, pipe) -> {
              if (pipe.kind() == Pipe.Kind.KINESIS) {
                streams.add(new StreamSpec(name, pipe.shards()));
                streams.add(new StreamSpec("development-" + name, 1));
              } else {
                queues.add(0, QueueSpec.plain(pipe.deadLetter()));
                queues.add(new QueueSpec(name, pipe.deadLetter(), TRIES, Duration.ofSeconds(60)));
              }
            });
    List<BucketSpec> buckets =
        topology.buckets().values().stream().map(b -> new BucketSpec(b.name(), "")).toList();
    return new ServersTopology(queues, streams, buckets);
  }

  private static <B extends AwsClientBuilder<B, ?>> B to(URI endpoint, B builder) {
    return builder.endpointOverride(endpoint).region(Region.US_EAST_1).credentialsProvider(ANYONE);
  }

  /** A file of manifests/topologies laid over the topology of the element's process. */
  void over(String topologyFile) {
    Path file = root().resolve("manifests").resolve("topologies").resolve(topologyFile);
    more.put("SPRING_CONFIG_ADDITIONAL_LOCATION", file.toUri().toString());
  }

  void with(String name, String value) {
    more.put(name, value);
  }

  /** The environment of the element's process, in any form. */
  Map<String, String> environment() {
    Map<String, String> env = new HashMap<>(servers.endpoints().env());
    env.put("AQUEDUCT_LEDGER_CREATE", "true");
    env.put("AQUEDUCT_STREAMIFY_LEASE", "5s"); // what a killed worker claimed is free soon
    env.put("AQUEDUCT_BACKUP_MULTIPART_THRESHOLD", "0B"); // s3proxy's CopyObject has no condition
    env.putAll(more);
    return env;
  }

  String queueUrl(String queue) {
    return sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
  }

  @Override
  public void close() {
    s3.close();
    sqs.close();
    kinesis.close();
    dynamo.close();
    servers.close();
  }
}
