// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.servers.SdkClients;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsServerTest {
  private static final QueueSpec QUEUE =
      new QueueSpec("files", "files-dlq", 2, Duration.ofSeconds(1));
  @TempDir Path data;

  private static String url(SqsClient sqs, String queue) {
    return sqs.getQueueUrl(b -> b.queueName(queue)).queueUrl();
  }

  private static List<Message> receive(SqsClient sqs, String queue) {
    return sqs.receiveMessage(
            b ->
                b.queueUrl(url(sqs, queue))
                    .maxNumberOfMessages(10)
                    .waitTimeSeconds(3)
                    .messageAttributeNames("All"))
        .messages();
  }

  @Test
  void messages_with_their_attributes_survive_a_restart_and_the_deleted_ones_do_not()
      throws Exception {
    try (SqsServer server = SqsServer.start(data, 0, "us-east-1", true, List.of(QUEUE));
        SqsClient sqs = SdkClients.sqs(server.endpoint())) {
      server.send("files", "deleted");
      Message taken = receive(sqs, "files").get(0);
      sqs.deleteMessage(b -> b.queueUrl(url(sqs, "files")).receiptHandle(taken.receiptHandle()));
      sqs.sendMessage(
          b ->
              b.queueUrl(url(sqs, "files"))
                  .messageBody("kept é")
                  .messageAttributes(
                      Map.of(
                          "type",
                          MessageAttributeValue.builder()
                              .dataType("String")
                              .stringValue("notice")
                              .build())));
    }
    try (SqsServer server = SqsServer.start(data, 0, "us-east-1", true, List.of(QUEUE));
        SqsClient sqs = SdkClients.sqs(server.endpoint())) {
      List<Message> messages = receive(sqs, "files");
      assertThat(messages).extracting(Message::body).containsExactly("kept é");
      assertThat(messages.get(0).messageAttributes().get("type").stringValue()).isEqualTo("notice");
    }
  }

  @Test
  void what_fails_too_often_goes_to_the_dead_letters() throws Exception {
    try (SqsServer server = SqsServer.start(data, 0, "us-east-1", true, List.of(QUEUE));
        SqsClient sqs = SdkClients.sqs(server.endpoint())) {
      server.send("files", "poison");
      assertThat(receive(sqs, "files")).hasSize(1);
      assertThat(receive(sqs, "files")).hasSize(1);
      assertThat(receive(sqs, "files")).isEmpty();
      assertThat(receive(sqs, "files-dlq")).extracting(Message::body).containsExactly("poison");
    }
  }

  @Test
  void a_changed_topology_changes_the_queue_that_is_there() throws Exception {
    SqsServer.start(data, 0, "us-east-1", true, List.of(QUEUE)).close();
    QueueSpec changed = new QueueSpec("files", "files-dlq", 7, Duration.ofSeconds(120));
    try (SqsServer server = SqsServer.start(data, 0, "us-east-1", true, List.of(changed));
        SqsClient sqs = SdkClients.sqs(server.endpoint())) {
      var attributes =
          sqs.getQueueAttributes(
                  b -> b.queueUrl(url(sqs, "files")).attributeNames(QueueAttributeName.ALL))
              .attributes();
      assertThat(attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("120");
      assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
          .contains("7")
          .contains("files-dlq");
    }
  }

  @Test
  void a_second_server_that_keeps_messages_is_refused_one_that_does_not_is_not() throws Exception {
    try (SqsServer first = SqsServer.start(data, 0, "us-east-1", true, List.of())) {
      assertThatThrownBy(() -> SqsServer.start(data.resolve("b"), 0, "us-east-1", true, List.of()))
          .hasMessageContaining(data.toString());
      try (SqsServer second =
          SqsServer.start(data.resolve("c"), 0, "us-east-1", false, List.of(QUEUE))) {
        second.send("files", "x");
        assertThat(second.endpoint()).isNotEqualTo(first.endpoint());
      }
    }
  }

  /** A server in its own JVM, for {@link #what_was_acknowledged_survives_kill_9}. */
  public static void main(String[] args) throws Exception {
    System.out.println(
        SqsServer.start(Path.of(args[0]), 0, "us-east-1", true, List.of(QUEUE)).endpoint());
    Thread.currentThread().join();
  }

  @Test
  void what_was_acknowledged_survives_kill_9() throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                SqsServerTest.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      SqsCalls calls = new SqsCalls(URI.create(out.readLine()));
      for (int i = 0; i < 50; i++) calls.send("files", "message " + i);
    } finally {
      child.destroyForcibly().waitFor();
    }
    try (SqsServer server = SqsServer.start(data, 0, "us-east-1", true, List.of(QUEUE));
        SqsClient sqs = SdkClients.sqs(server.endpoint())) {
      List<String> bodies = new ArrayList<>();
      for (List<Message> some = receive(sqs, "files");
          !some.isEmpty();
          some = receive(sqs, "files")) {
        for (Message one : some) {
          bodies.add(one.body());
          sqs.deleteMessage(b -> b.queueUrl(url(sqs, "files")).receiptHandle(one.receiptHandle()));
        }
      }
      assertThat(bodies).hasSize(50).doesNotHaveDuplicates();
    }
  }
}
