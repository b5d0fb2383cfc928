// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue as its consumer sees it: what can be said about messages received from it. Lists have at
 * most 10 messages. Every future ends within 30 seconds, and fails if SQS refused one of the
 * messages, which the API itself reports as success.
 */
final class SqsQueue {
  private static final long CALL_TIMEOUT_SECONDS = 30;

  private final SqsAsyncClient client;
  private final String name;
  private final String url;

  private SqsQueue(SqsAsyncClient client, String name, String url) {
    this.client = client;
    this.name = name;
    this.url = url;
  }

  /** The queue of that name, or of that URL. */
  static SqsQueue find(SqsAsyncClient client, String name) {
    if (name.startsWith("http://") || name.startsWith("https://")) {
      return new SqsQueue(client, name.substring(name.lastIndexOf('/') + 1), name);
    }
    String url =
        client
            .getQueueUrl(request -> request.queueName(name))
            .orTimeout(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .join()
            .queueUrl();
    return new SqsQueue(client, name, url);
  }

  String name() {
    return name;
  }

  String url() {
    return url;
  }

  boolean isFifo() {
    return name.endsWith(".fifo");
  }

  Map<QueueAttributeName, String> attributes(QueueAttributeName... names) {
    return client
        .getQueueAttributes(request -> request.queueUrl(url).attributeNames(names))
        .orTimeout(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .join()
        .attributes();
  }

  Duration visibilityTimeout() {
    String seconds =
        attributes(QueueAttributeName.VISIBILITY_TIMEOUT)
            .getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  CompletableFuture<Void> delete(List<Message> messages) {
    List<DeleteMessageBatchRequestEntry> entries =
        IntStream.range(0, messages.size())
            .mapToObj(
                i ->
                    DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .receiptHandle(messages.get(i).receiptHandle())
                        .build())
            .toList();
    return client
        .deleteMessageBatch(request -> request.queueUrl(url).entries(entries))
        .orTimeout(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .thenAccept(response -> check("delete", messages, response.failed()));
  }

  /** Hides each message for so many seconds from now; 0 shows it at once. */
  CompletableFuture<Void> hide(List<Message> messages, ToIntFunction<Message> seconds) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries =
        IntStream.range(0, messages.size())
            .mapToObj(
                i ->
                    ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .receiptHandle(messages.get(i).receiptHandle())
                        .visibilityTimeout(seconds.applyAsInt(messages.get(i)))
                        .build())
            .toList();
    return client
        .changeMessageVisibilityBatch(request -> request.queueUrl(url).entries(entries))
        .orTimeout(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .thenAccept(response -> check("hide", messages, response.failed()));
  }

  private void check(String what, List<Message> messages, List<BatchResultErrorEntry> failed) {
    if (!failed.isEmpty()) {
      List<String> refused =
          failed.stream()
              .map(f -> messages.get(Integer.parseInt(f.id())).messageId() + " " + f.code())
              .toList();
      throw new IllegalStateException(
          "queue %s refused to %s messages %s".formatted(name, what, refused));
    }
  }
}
