// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import io.awspring.cloud.sqs.listener.BackPressureMode;
import io.awspring.cloud.sqs.listener.FifoBatchGroupingStrategy;
import io.awspring.cloud.sqs.listener.ListenerMode;
import io.awspring.cloud.sqs.listener.SqsContainerOptionsBuilder;
import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import io.awspring.cloud.sqs.listener.acknowledgement.handler.AcknowledgementMode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.integration.endpoint.MessageProducerSupport;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A queue -> the channel of a binding, by a listener container of Spring Cloud AWS. The container
 * polls, bounds what is in work, and waits for it when stopping; {@link Delivery} acknowledges.
 */
final class SqsInbound extends MessageProducerSupport {
  // How long a poll waits for room for a whole batch before it takes what room there is.
  private static final Duration ROOM_FOR_A_BATCH = Duration.ofMillis(100);

  private final SqsAsyncClient client;
  private final String destination;
  private final ExtendedConsumerProperties<SqsConsumerProperties> binding;
  private @Nullable Running running;

  SqsInbound(
      SqsAsyncClient client,
      String destination,
      ExtendedConsumerProperties<SqsConsumerProperties> binding) {
    this.client = client;
    this.destination = destination;
    this.binding = binding;
  }

  private record Running(
      SqsMessageListenerContainer<Message> container, ScheduledExecutorService scheduler) {}

  @Override
  protected void doStart() {
    SqsQueue queue = SqsQueue.find(client, destination);
    ReceivedMessages messages = new ReceivedMessages(queue.name());
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "sqs-heartbeat-" + queue.name());
              thread.setDaemon(true);
              return thread;
            });
    SqsMessageListenerContainer<Message> container =
        SqsMessageListenerContainer.<Message>builder()
            .id("sqs-" + Optional.ofNullable(binding.getBindingName()).orElse(queue.name()))
            .sqsAsyncClient(client)
            .queueNames(queue.url())
            .configure(options -> configure(options, queue, messages))
            .messageListener(
                new Delivery(
                    queue,
                    messages,
                    rhythm(queue, scheduler),
                    retryDelay(),
                    binding.isBatchMode(),
                    this::sendMessage))
            .build();
    running = new Running(container, scheduler);
    container.start();
  }

  private void configure(
      SqsContainerOptionsBuilder options, SqsQueue queue, ReceivedMessages messages) {
    SqsConsumerProperties properties = binding.getExtension();
    boolean lists = binding.isBatchMode() || queue.isFifo();
    int concurrency = Math.max(1, binding.getConcurrency());
    // A single message is received only when a thread is free for it: its visibility runs.
    int perPoll =
        binding.isBatchMode()
            ? properties.getMaxMessagesPerPoll()
            : Math.min(concurrency, properties.getMaxMessagesPerPoll());
    options
        .listenerMode(lists ? ListenerMode.BATCH : ListenerMode.SINGLE_MESSAGE)
        .fifoBatchGroupingStrategy(
            FifoBatchGroupingStrategy.PROCESS_MESSAGE_GROUPS_IN_PARALLEL_BATCHES)
        .maxMessagesPerPoll(perPoll)
        .maxConcurrentMessages(binding.isBatchMode() ? concurrency * perPoll : concurrency)
        .backPressureMode(BackPressureMode.FIXED_HIGH_THROUGHPUT)
        .maxDelayBetweenPolls(ROOM_FOR_A_BATCH)
        .pollTimeout(properties.getPollTimeout())
        .acknowledgementMode(AcknowledgementMode.MANUAL) // Delivery deletes, at once
        .acknowledgementInterval(Duration.ZERO)
        .acknowledgementThreshold(0)
        .listenerShutdownTimeout(properties.getShutdownTimeout())
        .messageConverter(messages);
    if (properties.getVisibilityTimeout() != null) {
      options.messageVisibility(properties.getVisibilityTimeout());
    }
  }

  private Heartbeat.Rhythm rhythm(SqsQueue queue, ScheduledExecutorService scheduler) {
    SqsConsumerProperties properties = binding.getExtension();
    Duration visibility =
        Optional.ofNullable(properties.getVisibilityTimeout()).orElseGet(queue::visibilityTimeout);
    Duration interval =
        Optional.ofNullable(properties.getHeartbeatInterval()).orElse(visibility.dividedBy(3));
    return new Heartbeat.Rhythm(scheduler, visibility, interval, properties.getMaxProcessingTime());
  }

  private @Nullable RetryDelay retryDelay() {
    SqsConsumerProperties properties = binding.getExtension();
    return properties.getRetryDelay() == null
        ? null
        : new RetryDelay(
            properties.getRetryDelay(),
            properties.getRetryMultiplier(),
            properties.getMaxRetryDelay());
  }

  @Override
  protected void doStop() {
    if (running != null) {
      running.container().stop();
      running.scheduler().shutdownNow();
      running = null;
    }
  }
}
