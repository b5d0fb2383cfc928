// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An SQS server on loopback, for tests: its client, and short ways to look into queues. */
public final class LocalSqs implements AutoCloseable {
  private final SQSRestServer server;
  private final URI endpoint;
  private final SqsAsyncClient client;

  private LocalSqs(SQSRestServer server) {
    this.server = server;
    this.endpoint =
        URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
    this.client =
        SqsAsyncClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
  }

  public static LocalSqs start() {
    return new LocalSqs(SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start());
  }

  public SqsAsyncClient client() {
    return client;
  }

  public URI endpoint() {
    return endpoint;
  }

  /** The settings by which an application finds this server. */
  public Map<String, Object> settings() {
    return Map.of(
        "spring.cloud.aws.sqs.endpoint", endpoint.toString(),
        "spring.cloud.aws.region.static", "eu-west-1",
        "spring.cloud.aws.credentials.access-key", "local",
        "spring.cloud.aws.credentials.secret-key", "local");
  }

  public void create(String queue, Map<QueueAttributeName, String> attributes) {
    client.createQueue(request -> request.queueName(queue).attributes(attributes)).join();
  }

  public void send(String queue, String body) {
    client.sendMessage(request -> request.queueUrl(url(queue)).messageBody(body)).join();
  }

  public String url(String queue) {
    return client.getQueueUrl(request -> request.queueName(queue)).join().queueUrl();
  }

  /** Messages in the queue, visible or in work, counted in one look. */
  public int size(String queue) {
    Map<QueueAttributeName, String> counts = attributes(queue);
    return Integer.parseInt(counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
        + Integer.parseInt(
            counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  public int inWork(String queue) {
    return Integer.parseInt(
        attributes(queue).get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  public Map<QueueAttributeName, String> attributes(String queue) {
    return client
        .getQueueAttributes(
            request -> request.queueUrl(url(queue)).attributeNames(QueueAttributeName.ALL))
        .join()
        .attributes();
  }

  /** Receives what is there within the time, and hides it for a minute. */
  public List<Message> receive(String queue, Duration wait) {
    return client
        .receiveMessage(
            request ->
                request
                    .queueUrl(url(queue))
                    .maxNumberOfMessages(10)
                    .waitTimeSeconds((int) wait.toSeconds())
                    .visibilityTimeout(60)
                    .messageAttributeNames("All")
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .join()
        .messages();
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
