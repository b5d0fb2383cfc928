// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a binding consumes its queue. The binding's own {@code concurrency} says how many messages
 * (in batch mode: batches) are worked on at once, {@code batch-mode} whether the function takes
 * lists.
 */
public class SqsConsumerProperties {
  private static final Duration HOURS_12 = Duration.ofHours(12); // SQS's limit of any visibility

  private @Nullable Duration visibilityTimeout;
  private @Nullable Duration heartbeatInterval;
  private Duration maxProcessingTime = HOURS_12;
  private @Nullable Duration retryDelay;
  private double retryMultiplier = 2;
  private Duration maxRetryDelay = Duration.ofMinutes(15);
  private int maxMessagesPerPoll = 10;
  private Duration pollTimeout = Duration.ofSeconds(10);
  private Duration shutdownTimeout = Duration.ofSeconds(30);
  private boolean autoCreate = true;
  private @Nullable String deadLetterQueue;
  private int maxReceives = 5;

  void validate(Settings settings) {
    Duration second = Duration.ofSeconds(1);
    settings.between("visibility-timeout", visibilityTimeout, second, HOURS_12);
    settings.between("heartbeat-interval", heartbeatInterval, Duration.ZERO, HOURS_12);
    settings.between("max-processing-time", maxProcessingTime, second, HOURS_12);
    settings.between("retry-delay", retryDelay, Duration.ZERO, HOURS_12);
    settings.between("retry-multiplier", retryMultiplier, 1, 100);
    settings.between("max-retry-delay", maxRetryDelay, Duration.ZERO, HOURS_12);
    settings.between("max-messages-per-poll", maxMessagesPerPoll, 1, 10);
    settings.between("poll-timeout", pollTimeout, Duration.ZERO, Duration.ofSeconds(20));
    settings.between("shutdown-timeout", shutdownTimeout, Duration.ZERO, HOURS_12);
    settings.between("max-receives", maxReceives, 1, 1000);
    if (heartbeatInterval != null
        && visibilityTimeout != null
        && heartbeatInterval.compareTo(visibilityTimeout) >= 0) {
      throw settings.wrong(
          "heartbeat-interval", heartbeatInterval, "must be shorter than visibility-timeout");
    }
  }

  /** How long a received message stays hidden from others. Default: the queue's own setting. */
  public @Nullable Duration getVisibilityTimeout() {
    return visibilityTimeout;
  }

  public void setVisibilityTimeout(@Nullable Duration visibilityTimeout) {
    this.visibilityTimeout = visibilityTimeout;
  }

  /**
   * How often the visibility is renewed while the function works. Default: a third of the
   * visibility timeout. 0 turns the heartbeat off.
   */
  public @Nullable Duration getHeartbeatInterval() {
    return heartbeatInterval;
  }

  public void setHeartbeatInterval(@Nullable Duration heartbeatInterval) {
    this.heartbeatInterval = heartbeatInterval;
  }

  /** After this time the heartbeat gives a message up, so that another consumer can try it. */
  public Duration getMaxProcessingTime() {
    return maxProcessingTime;
  }

  public void setMaxProcessingTime(Duration maxProcessingTime) {
    this.maxProcessingTime = maxProcessingTime;
  }

  /**
   * How soon a failed message comes back after its first failure; each further failure multiplies
   * the delay. Default: not set, the message comes back when its visibility timeout ends.
   */
  public @Nullable Duration getRetryDelay() {
    return retryDelay;
  }

  public void setRetryDelay(@Nullable Duration retryDelay) {
    this.retryDelay = retryDelay;
  }

  /** Factor between the delays of consecutive failures of one message. */
  public double getRetryMultiplier() {
    return retryMultiplier;
  }

  public void setRetryMultiplier(double retryMultiplier) {
    this.retryMultiplier = retryMultiplier;
  }

  /** The longest delay of a retry. */
  public Duration getMaxRetryDelay() {
    return maxRetryDelay;
  }

  public void setMaxRetryDelay(Duration maxRetryDelay) {
    this.maxRetryDelay = maxRetryDelay;
  }

  /** At most this many messages are received at once, and make a batch in batch mode: 1 to 10. */
  public int getMaxMessagesPerPoll() {
    return maxMessagesPerPoll;
  }

  public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
    this.maxMessagesPerPoll = maxMessagesPerPoll;
  }

  /** How long a poll waits for a message. Stopping a binding waits for its last poll. */
  public Duration getPollTimeout() {
    return pollTimeout;
  }

  public void setPollTimeout(Duration pollTimeout) {
    this.pollTimeout = pollTimeout;
  }

  /** How long stopping waits for messages in work; what is not done by then comes back. */
  public Duration getShutdownTimeout() {
    return shutdownTimeout;
  }

  public void setShutdownTimeout(Duration shutdownTimeout) {
    this.shutdownTimeout = shutdownTimeout;
  }

  /** Whether queue, dead-letter queue and redrive policy are made where they are missing. */
  public boolean isAutoCreate() {
    return autoCreate;
  }

  public void setAutoCreate(boolean autoCreate) {
    this.autoCreate = autoCreate;
  }

  /** Name of the queue for messages that failed {@code max-receives} times. Default: none. */
  public @Nullable String getDeadLetterQueue() {
    return deadLetterQueue;
  }

  public void setDeadLetterQueue(@Nullable String deadLetterQueue) {
    this.deadLetterQueue = deadLetterQueue;
  }

  /** How often a message is tried before it goes to the dead-letter queue. */
  public int getMaxReceives() {
    return maxReceives;
  }

  public void setMaxReceives(int maxReceives) {
    this.maxReceives = maxReceives;
  }
}
