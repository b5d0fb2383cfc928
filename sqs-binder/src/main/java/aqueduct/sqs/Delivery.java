// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import io.awspring.cloud.sqs.listener.MessageListener;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Received messages -> the function, then deleted or given back. Deleting is part of the work: the
 * container counts a message as in work until SQS has forgotten it, so stopping loses no
 * acknowledgement.
 */
final class Delivery implements MessageListener<Message> {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final SqsQueue queue;
  private final ReceivedMessages messages;
  private final Heartbeat.Rhythm heartbeat;
  private final @Nullable RetryDelay retryDelay;
  private final boolean batchMode;
  private final Function function;

  Delivery(
      SqsQueue queue,
      ReceivedMessages messages,
      Heartbeat.Rhythm heartbeat,
      @Nullable RetryDelay retryDelay,
      boolean batchMode,
      Function function) {
    this.queue = queue;
    this.messages = messages;
    this.heartbeat = heartbeat;
    this.retryDelay = retryDelay;
    this.batchMode = batchMode;
    this.function = function;
  }

  /** What is bound: returns when the message is done, throws when it is not. */
  interface Function {
    void accept(org.springframework.messaging.Message<?> message);
  }

  @Override
  public void onMessage(org.springframework.messaging.Message<Message> received) {
    inOrder(List.of(received.getPayload()));
  }

  @Override
  public void onMessage(Collection<org.springframework.messaging.Message<Message>> received) {
    List<Message> sources =
        received.stream().map(org.springframework.messaging.Message::getPayload).toList();
    if (batchMode) {
      atOnce(sources);
    } else {
      inOrder(sources);
    }
  }

  /** One after the other up to the first failure, behind which order forbids to go on. */
  private void inOrder(List<Message> sources) {
    Heartbeat beat = heartbeat.start(queue, sources);
    try {
      for (int i = 0; i < sources.size(); i++) {
        Message source = sources.get(i);
        try {
          function.accept(messages.single(source));
        } catch (RuntimeException e) {
          beat.stop();
          giveBack(sources.subList(i, sources.size()), e);
          return;
        }
        acknowledge(List.of(source));
        beat.done(source);
      }
    } finally {
      beat.stop();
    }
  }

  private void atOnce(List<Message> sources) {
    Heartbeat beat = heartbeat.start(queue, sources);
    try {
      function.accept(messages.batch(sources));
      acknowledge(sources);
    } catch (RuntimeException e) {
      beat.stop();
      PartialBatchException partial = PartialBatchException.in(e);
      acknowledge(select(sources, partial, false));
      giveBack(select(sources, partial, true), e);
    } finally {
      beat.stop();
    }
  }

  /** The failed or the other messages; all have failed unless the function said which. */
  private static List<Message> select(
      List<Message> sources, @Nullable PartialBatchException partial, boolean failed) {
    return IntStream.range(0, sources.size())
        .filter(i -> (partial == null || partial.isFailed(i)) == failed)
        .mapToObj(sources::get)
        .toList();
  }

  private void acknowledge(List<Message> sources) {
    if (sources.isEmpty()) {
      return;
    }
    try {
      queue.delete(sources).join();
    } catch (CompletionException e) {
      log.warn(
          "queue {}: done, but not deleted, so it will come again: {}",
          queue.name(),
          rootOf(e).toString());
    }
  }

  private void giveBack(List<Message> sources, RuntimeException failure) {
    if (sources.isEmpty()) {
      return;
    }
    Message first = sources.get(0);
    log.warn(
        "queue {}: message {} failed at attempt {}: {}",
        queue.name(),
        first.messageId(),
        first.attributesAsStrings().getOrDefault("ApproximateReceiveCount", "?"),
        rootOf(failure).toString());
    if (retryDelay == null) {
      return;
    }
    try {
      queue.hide(sources, retryDelay::seconds).join();
    } catch (CompletionException e) {
      log.warn(
          "queue {}: the retry waits for the visibility timeout: {}",
          queue.name(),
          rootOf(e).toString());
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 32; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
