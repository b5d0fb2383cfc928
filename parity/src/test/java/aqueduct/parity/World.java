// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import aqueduct.infrastructure.CloudFormation;
import aqueduct.infrastructure.Manifests;
import aqueduct.infrastructure.Permissions;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.servers.sqs.QueueSpec;
import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
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

  private static final Manifests MANIFESTS = new Manifests(root().resolve("manifests"));
  private static final StaticCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
  final Topology topology;
  final EmbeddedServers servers;
  final S3Client s3;
  final SqsClient sqs;
  final KinesisClient kinesis;
  final DynamoDbClient dynamo;

  /** Where the element's calls are recorded. */
  final Path calls;

  private final Map<String, String> more = new HashMap<>();

  private World(Topology topology, EmbeddedServers servers, Path calls) {
    this.topology = topology;
    this.servers = servers;
    this.calls = calls;
    s3 = to(servers.endpoints().s3(), S3Client.builder().forcePathStyle(true)).build();
    sqs = to(servers.endpoints().sqs(), SqsClient.builder()).build();
    kinesis = to(servers.endpoints().kinesis(), KinesisClient.builder()).build();
    dynamo = to(servers.endpoints().dynamoDb(), DynamoDbClient.builder()).build();
  }

  static Path root() {
    return Path.of(System.getProperty("aqueduct.root"));
  }

  /** With everything that the files of manifests/topologies add, so that one world does for all. */
  static World start(Path directory) throws IOException {
    return start(
        directory, ServersSettings.only(Server.S3, Server.SQS, Server.KINESIS, Server.DYNAMODB));
  }

  /** With a metric store as well. */
  static World withMetrics(Path directory) throws IOException {
    World world = start(directory, ServersSettings.defaults().withKeepMessages(false));
    world.with("AQUEDUCT_COUNT_JDBC_URL", world.servers.endpoints().jdbcUrl());
    world.with("AQUEDUCT_COUNT_USER", "postgres");
    return world;
  }

  private static World start(Path directory, ServersSettings settings) throws IOException {
    Topology topology = topology("third-environment.yml", "second-enrichment.yml");
    World world =
        new World(
            topology,
            EmbeddedServers.start(directory.resolve("data"), settings, servers(topology)),
            directory.resolve("calls"));
    world.tables();
    return world;
  }

  static Topology topology(String... over) throws IOException {
    return MANIFESTS.topology(List.of(over));
  }

  static Permissions permissions() throws IOException {
    return MANIFESTS.permissions();
  }

  /** As the templates make them: a key of another name would be found out by whoever uses it. */
  private void tables() throws IOException {
    Map<String, Object> template = CloudFormation.body(topology("on-ecs.yml"), permissions());
    for (Object resource : ((Map<?, ?>) template.get("Resources")).values()) {
      Map<?, ?> made = (Map<?, ?>) resource;
      if (String.valueOf(made.get("Type")).equals("AWS::DynamoDB::Table")) {
        table((Map<?, ?>) made.get("Properties"));
      }
    }
  }

  private void table(Map<?, ?> properties) {
    String name = String.valueOf(((Map<?, ?>) properties.get("TableName")).get("Fn::Sub"));
    Map<?, ?> key = (Map<?, ?>) ((List<?>) properties.get("KeySchema")).get(0);
    Map<?, ?> type = (Map<?, ?>) ((List<?>) properties.get("AttributeDefinitions")).get(0);
    String attribute = String.valueOf(key.get("AttributeName"));
    dynamo.createTable(
        request ->
            request
                .tableName(name.replace("${Prefix}", ""))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(k -> k.attributeName(attribute).keyType(KeyType.HASH))
                .attributeDefinitions(
                    a ->
                        a.attributeName(attribute)
                            .attributeType(String.valueOf(type.get("AttributeType")))));
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
                queue(queues, "", name, pipe);
                queue(queues, "development-", name, pipe);
              }
            });
    List<BucketSpec> buckets =
        topology.buckets().values().stream().map(b -> new BucketSpec(b.name(), "")).toList();
    return new ServersTopology(queues, streams, buckets);
  }

  private static void queue(List<QueueSpec> queues, String prefix, String name, Pipe pipe) {
    String deadLetter = prefix + pipe.deadLetter();
    queues.add(0, QueueSpec.plain(deadLetter));
    queues.add(new QueueSpec(prefix + name, deadLetter, TRIES, Duration.ofSeconds(60)));
  }

  private static <B extends AwsClientBuilder<B, ?>> B to(URI endpoint, B builder) {
    return builder.endpointOverride(endpoint).region(Region.US_EAST_1).credentialsProvider(ANYONE);
  }

  /** Files of manifests/topologies, or whole paths, laid over the topology of the next process. */
  void over(String... files) {
    Path topologies = root().resolve("manifests").resolve("topologies");
    more.put(
        "SPRING_CONFIG_ADDITIONAL_LOCATION",
        Stream.of(files)
            .map(file -> topologies.resolve(file).toUri().toString())
            .collect(Collectors.joining(",")));
  }

  void with(String name, String value) {
    more.put(name, value);
  }

  /** The environment of the element's process, in any form. */
  Map<String, String> environment() {
    Map<String, String> env = new HashMap<>(servers.endpoints().env());
    env.put(RecordedCalls.FILE, calls.toString());
    env.put("AQUEDUCT_ENRICHMENT_DATASETS", "s3://datasets");
    env.put("AQUEDUCT_ENRICHMENT_VISITOR_KEYS", "s3://visitor-keys");
    env.put("AQUEDUCT_STREAMIFY_LEASE", "5s"); // what a killed worker claimed is free soon
    env.put("AQUEDUCT_BACKUP_MULTIPART_THRESHOLD", "0B"); // s3proxy's CopyObject has no condition
    env.put("AQUEDUCT_BACKUP_MULTIPART_ABANDONED_AFTER", "0s");
    env.putAll(more);
    return env;
  }

  Path directory() {
    return calls.getParent();
  }

  List<String> streams() {
    return kinesis.listStreams().streamNames();
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
