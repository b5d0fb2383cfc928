// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a binding sends to its queue. Sending is synchronous: a failure is the sender's exception.
 */
public class SqsProducerProperties {
  private Duration sendTimeout = Duration.ofSeconds(10);
  private Duration delay = Duration.ZERO;
  private @Nullable String messageGroupId;
  private List<String> headers = List.of();
  private boolean autoCreate = true;

  void validate(Settings settings) {
    settings.between("send-timeout", sendTimeout, Duration.ofMillis(1), Duration.ofMinutes(10));
    settings.between("delay", delay, Duration.ZERO, Duration.ofMinutes(15));
    if (headers.size() > 10) {
      throw settings.wrong("headers", headers, "a message of SQS has at most 10 attributes");
    }
  }

  /** How long a send may take, with all its retries, before it counts as failed. */
  public Duration getSendTimeout() {
    return sendTimeout;
  }

  public void setSendTimeout(Duration sendTimeout) {
    this.sendTimeout = sendTimeout;
  }

  /** How long SQS hides a message after it was sent: 0 to 15 minutes; not for FIFO queues. */
  public Duration getDelay() {
    return delay;
  }

  public void setDelay(Duration delay) {
    this.delay = delay;
  }

  /**
   * FIFO queues only: the group of messages that carry no header {@code Sqs_Msa_MessageGroupId}.
   * Default: none, such a message is refused.
   */
  public @Nullable String getMessageGroupId() {
    return messageGroupId;
  }

  public void setMessageGroupId(@Nullable String messageGroupId) {
    this.messageGroupId = messageGroupId;
  }

  /** Names of the headers that travel as message attributes; at most 10. Default: none. */
  public List<String> getHeaders() {
    return headers;
  }

  public void setHeaders(List<String> headers) {
    this.headers = List.copyOf(headers);
  }

  /** Whether the queue is made where it is missing. */
  public boolean isAutoCreate() {
    return autoCreate;
  }

  public void setAutoCreate(boolean autoCreate) {
    this.autoCreate = autoCreate;
  }
}
