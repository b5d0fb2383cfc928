// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.servers.kinesis.KinesisFiles;
import aqueduct.servers.sqs.QueueSpec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class EmbeddedServersTest {
  private static final ServersTopology TOPOLOGY =
      new ServersTopology(
          List.of(new QueueSpec("arrived-files", "arrived-files-dlq", 3, Duration.ofSeconds(30))),
          List.of(new StreamSpec("raw-logs", 2)),
          List.of(new BucketSpec("ingest", "arrived-files"), new BucketSpec("backup", "")));

  @TempDir Path data;

  @Test
  void everything_stored_is_there_after_a_restart() throws Exception {
    try (EmbeddedServers servers =
        EmbeddedServers.start(data, ServersSettings.defaults(), TOPOLOGY)) {
      fill(servers.endpoints());
    }
    try (EmbeddedServers servers =
        EmbeddedServers.start(data, ServersSettings.defaults(), TOPOLOGY)) {
      check(servers.endpoints());
      assertThat(servers.renotify("ingest")).isEqualTo(1);
    }
    try (Stream<?> records =
        KinesisFiles.read(EmbeddedServers.kinesisData(data), "raw-logs", Instant.EPOCH)) {
      assertThat(records).hasSize(1);
    }
  }

  private static void fill(Endpoints at) throws Exception {
    try (var s3 = SdkClients.s3(at.s3());
        var kinesis = SdkClients.kinesis(at.kinesis());
        var dynamoDb = SdkClients.dynamoDb(at.dynamoDb())) {
      s3.putObject(b -> b.bucket("ingest").key("day/file.gz"), RequestBody.fromString("bytes"));
      kinesis.putRecord(
          b -> b.streamName("raw-logs").partitionKey("k").data(SdkBytes.fromUtf8String("record")));
      dynamoDb.createTable(
          b ->
              b.tableName("ledger")
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                  .attributeDefinitions(
                      a -> a.attributeName("id").attributeType(ScalarAttributeType.S)));
      dynamoDb.putItem(b -> b.tableName("ledger").item(Map.of("id", AttributeValue.fromS("file"))));
    }
    try (Connection connection = DriverManager.getConnection(at.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE metric AS SELECT 42 AS value");
    }
  }

  private static void check(Endpoints at) throws Exception {
    try (var s3 = SdkClients.s3(at.s3());
        var sqs = SdkClients.sqs(at.sqs());
        var kinesis = SdkClients.kinesis(at.kinesis());
        var dynamoDb = SdkClients.dynamoDb(at.dynamoDb())) {
      assertThat(s3.getObjectAsBytes(b -> b.bucket("ingest").key("day/file.gz")).asUtf8String())
          .isEqualTo("bytes");
      String queue = sqs.getQueueUrl(b -> b.queueName("arrived-files")).queueUrl();
      assertThat(
              sqs.receiveMessage(b -> b.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(5))
                  .messages())
          .extracting(
              m ->
                  m.body().contains("s3:TestEvent")
                      ? "test"
                      : m.body().contains("day/file.gz") ? "put" : "?")
          .containsExactlyInAnyOrder("test", "put");
      assertThat(kinesis.listShards(b -> b.streamName("raw-logs")).shards()).hasSize(2);
      assertThat(
              dynamoDb
                  .getItem(
                      b -> b.tableName("ledger").key(Map.of("id", AttributeValue.fromS("file"))))
                  .hasItem())
          .isTrue();
    }
    try (Connection connection = DriverManager.getConnection(at.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT value, current_setting('fsync') FROM metric")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(42);
      assertThat(row.getString(2)).isEqualTo("on");
    }
  }

  @Test
  void only_loopback_is_listened_to_and_nothing_after_close() throws Exception {
    InetAddress outside =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(a -> !a.isLoopbackAddress() && a.getAddress().length == 4)
            .findFirst()
            .orElse(InetAddress.getByName("127.0.0.2"));
    List<Integer> ports;
    try (EmbeddedServers servers =
        EmbeddedServers.start(data, ServersSettings.defaults(), TOPOLOGY)) {
      ports = ports(servers.endpoints());
      assertThat(ports).hasSize(5);
      for (int port : ports) {
        connect(InetAddress.getByName("127.0.0.1"), port);
        assertThatThrownBy(() -> connect(outside, port)).isInstanceOf(IOException.class);
      }
    }
    for (int port : ports) {
      assertThatThrownBy(() -> connect(InetAddress.getByName("127.0.0.1"), port))
          .isInstanceOf(ConnectException.class);
    }
    assertThat(
            ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains(data.toString())))
        .isEmpty();
  }

  private static List<Integer> ports(Endpoints at) {
    URI postgres = URI.create(at.jdbcUrl().substring("jdbc:".length()));
    return Stream.of(at.s3(), at.sqs(), at.kinesis(), at.dynamoDb(), postgres)
        .map(URI::getPort)
        .toList();
  }

  private static void connect(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
    }
  }

  @Test
  void a_directory_in_use_is_refused_with_the_process_that_has_it() throws Exception {
    ServersSettings one = ServersSettings.only(Server.KINESIS);
    try (EmbeddedServers servers = EmbeddedServers.start(data, one, ServersTopology.empty())) {
      assertThatThrownBy(() -> EmbeddedServers.start(data, one, ServersTopology.empty()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(data.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(servers.endpoints().kinesis().getPort()).isPositive();
    }
    EmbeddedServers.start(data, one, ServersTopology.empty()).close();
  }

  @Test
  void a_taken_port_is_named_and_nothing_stays_behind() throws Exception {
    try (EmbeddedServers first =
        EmbeddedServers.start(
            data.resolve("a"), ServersSettings.only(Server.KINESIS), ServersTopology.empty())) {
      int taken = first.endpoints().kinesis().getPort();
      ServersSettings second =
          ServersSettings.only(Server.KINESIS, Server.S3).withPort(Server.KINESIS, taken);
      Path other = data.resolve("b");
      assertThatThrownBy(() -> EmbeddedServers.start(other, second, ServersTopology.empty()))
          .hasMessageContaining("kinesis")
          .hasMessageContaining("127.0.0.1:" + taken);
      EmbeddedServers.start(other, ServersSettings.only(Server.S3), ServersTopology.empty())
          .close();
    }
  }

  @Test
  void the_environment_file_gives_back_the_endpoints() throws Exception {
    Path file = data.resolve("aqueduct.env");
    try (EmbeddedServers servers =
        EmbeddedServers.start(
            data, ServersSettings.only(Server.KINESIS), ServersTopology.empty())) {
      servers.endpoints().writeEnvFile(file);
      assertThat(Endpoints.readEnvFile(file)).isEqualTo(servers.endpoints());
      assertThat(Files.readString(file))
          .contains("AWS_ENDPOINT_URL_KINESIS=http://127.0.0.1:", "AWS_REGION=us-east-1");
      assertThatThrownBy(() -> servers.endpoints().s3())
          .hasMessageContaining("AWS_ENDPOINT_URL_S3");
      servers.close();
      servers.close();
    }
  }
}
