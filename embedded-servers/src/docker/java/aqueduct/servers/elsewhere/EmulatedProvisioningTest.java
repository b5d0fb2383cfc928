// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aqueduct.contracts.emulator.Emulator;
import aqueduct.servers.Endpoints;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.servers.sqs.QueueSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What a topology names, made at an emulator that answers for every service. */
class EmulatedProvisioningTest {
  private final String name = UUID.randomUUID().toString();
  private final ServersTopology topology =
      new ServersTopology(
          List.of(
              QueueSpec.plain(name + "-dead"),
              new QueueSpec(name, name + "-dead", 3, Duration.ofMinutes(2))),
          List.of(new StreamSpec(name, 2)),
          List.of(new BucketSpec(name, name)));
  private Clients aws;

  @BeforeEach
  void make() throws IOException {
    Endpoints at = Endpoints.at(Emulator.endpoint(), "us-east-1");
    aws = Clients.of(at);
    Provisioning.make(topology, at, Duration.ofSeconds(60));
    Provisioning.make(topology, at, Duration.ofSeconds(60)); // may be repeated
  }

  @AfterEach
  void close() {
    if (aws != null) aws.close();
  }

  private String queue() {
    return aws.sqs().getQueueUrl(b -> b.queueName(name)).queueUrl();
  }

  @Test
  void a_queue_has_its_visibility_and_its_dead_letters() {
    var settings =
        aws.sqs()
            .getQueueAttributes(b -> b.queueUrl(queue()).attributeNames(QueueAttributeName.ALL))
            .attributes();
    assertThat(settings).containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "120");
    assertThat(settings.get(QueueAttributeName.REDRIVE_POLICY)).contains(name + "-dead", "3");
  }

  @Test
  void a_stream_has_its_shards() {
    assertThat(aws.kinesis().listShards(b -> b.streamName(name)).shards()).hasSize(2);
  }

  @Test
  void a_bucket_tells_its_queue_of_a_new_object() {
    aws.s3().putObject(b -> b.bucket(name).key("day/file.gz"), RequestBody.fromString("bytes"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                aws
                    .sqs()
                    .receiveMessage(b -> b.queueUrl(queue()).waitTimeSeconds(1))
                    .messages()
                    .stream()
                    .map(Message::body)
                    .anyMatch(b -> b.contains("ObjectCreated:Put") && b.contains("day/file.gz")));
  }
}
