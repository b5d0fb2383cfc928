// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.Endpoints;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.servers.sqs.QueueSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class ProvisioningTest {
  private static final ServersTopology TOPOLOGY =
      new ServersTopology(
          List.of(
              QueueSpec.plain("kept-dlq"),
              new QueueSpec("kept", "kept-dlq", 3, Duration.ofMinutes(2))),
          List.of(new StreamSpec("raw", 2)),
          List.of(new BucketSpec("backup", "")));

  @TempDir Path data;

  @Test
  void what_is_missing_is_made_and_what_is_there_stays() throws Exception {
    ServersSettings settings = ServersSettings.only(Server.S3, Server.SQS, Server.KINESIS);
    try (EmbeddedServers servers = EmbeddedServers.start(data, settings, ServersTopology.empty());
        Clients aws = Clients.of(servers.endpoints())) {
      Provisioning.make(TOPOLOGY, servers.endpoints(), Duration.ofSeconds(30));
      String queue = aws.sqs().getQueueUrl(b -> b.queueName("kept")).queueUrl();
      aws.sqs().sendMessage(b -> b.queueUrl(queue).messageBody("kept"));
      Provisioning.make(TOPOLOGY, servers.endpoints(), Duration.ofSeconds(30));

      var attributes =
          aws.sqs()
              .getQueueAttributes(b -> b.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
              .attributes();
      assertThat(attributes)
          .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "120")
          .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1");
      assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY)).contains("kept-dlq", "3");
      assertThat(aws.kinesis().listShards(b -> b.streamName("raw")).shards()).hasSize(2);
      assertThat(aws.s3().listBuckets().buckets()).hasSize(1);
    }
  }

  @Test
  void an_address_that_does_not_answer_is_named_once_the_time_is_over() {
    Endpoints nobody = Endpoints.at(URI.create("http://127.0.0.1:1"), "us-east-1");
    assertThatThrownBy(() -> Provisioning.make(TOPOLOGY, nobody, Duration.ofSeconds(1)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("http://127.0.0.1:1 does not answer as SQS within 1 s: ");
  }

  /** Our own S3 takes no notification from outside: {@link EmbeddedServers} sets it itself. */
  @Test
  void what_cannot_be_made_is_named() throws Exception {
    ServersTopology told =
        new ServersTopology(
            List.of(QueueSpec.plain("kept")), List.of(), List.of(new BucketSpec("ingest", "kept")));
    ServersSettings settings = ServersSettings.only(Server.S3, Server.SQS, Server.KINESIS);
    try (EmbeddedServers servers = EmbeddedServers.start(data, settings, ServersTopology.empty())) {
      assertThatThrownBy(() -> Provisioning.make(told, servers.endpoints(), Duration.ofSeconds(30)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot make bucket ingest: ");
    }
  }
}
