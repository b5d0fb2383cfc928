// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.dead;

import aqueduct.local.system.StoredSystem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The dead letters of one queue. */
public final class DeadLetters {
  private static final int AT_ONCE = 10;
  private static final long PAUSE_MS = 250;
  private final SqsClient sqs;
  private final String pipe;
  private final String queue;
  private final String url;

  private DeadLetters(SqsClient sqs, String pipe, String queue) {
    this.sqs = sqs;
    this.pipe = pipe;
    this.queue = queue;
    this.url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
  }

  /** Those of one pipe or of all, in the order of the flow. */
  public static List<DeadLetters> all(StoredSystem stored, Optional<String> pipe) {
    Map<String, String> queues = new LinkedHashMap<>();
    stored
        .topology()
        .pipes()
        .forEach(
            (name, p) -> {
              if (!p.deadLetter().isEmpty()) {
                queues.put(name, stored.topology().prefix() + p.deadLetter());
              }
            });
    pipe.filter(name -> !queues.containsKey(name))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "There is no queue " + name + " with dead letters: there are " + queues.keySet());
            });
    SqsClient sqs = stored.sqs();
    return queues.entrySet().stream()
        .filter(e -> pipe.isEmpty() || pipe.get().equals(e.getKey()))
        .map(e -> new DeadLetters(sqs, e.getKey(), e.getValue()))
        .toList();
  }

  public String pipe() {
    return pipe;
  }

  public String queue() {
    return queue;
  }

  /** How many there are, about. */
  public long count() {
    return Long.parseLong(attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  private String attribute(QueueAttributeName name) {
    return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(name))
        .attributes()
        .getOrDefault(name, "0");
  }

  /** Some of them; they stay. */
  public List<DeadLetter> peek(int most) {
    Map<String, DeadLetter> seen = new LinkedHashMap<>();
    int before = -1;
    while (seen.size() < most && seen.size() > before) {
      before = seen.size();
      // Hidden for a moment, so that the next look finds others.
      sqs.receiveMessage(
              r ->
                  r.queueUrl(url)
                      .maxNumberOfMessages(AT_ONCE)
                      .visibilityTimeout(2)
                      .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
          .messages()
          .forEach(m -> seen.putIfAbsent(m.messageId(), letter(m)));
    }
    return seen.values().stream().limit(most).toList();
  }

  private static DeadLetter letter(Message message) {
    Map<MessageSystemAttributeName, String> attributes = message.attributes();
    return new DeadLetter(
        message.messageId(),
        Instant.ofEpochMilli(
            Long.parseLong(
                attributes.getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0"))),
        Integer.parseInt(
            attributes.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "0")),
        message.body());
  }

  /** Lets SQS send all of them back, and returns when it has. */
  public void redrive(int perSecond, LongConsumer moved) throws IOException {
    String arn = attribute(QueueAttributeName.QUEUE_ARN);
    sqs.startMessageMoveTask(r -> r.sourceArn(arn).maxNumberOfMessagesPerSecond(perSecond));
    for (boolean running = true; running; pause()) {
      ListMessageMoveTasksResultEntry task =
          sqs.listMessageMoveTasks(r -> r.sourceArn(arn).maxResults(1)).results().get(0);
      moved.accept(task.approximateNumberOfMessagesMoved());
      if (task.status().equals("FAILED")) {
        throw new IOException(
            "SQS did not send all of " + queue + " back: " + task.failureReason());
      }
      running = task.status().equals("RUNNING");
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted; SQS goes on sending them back");
    }
  }
}
