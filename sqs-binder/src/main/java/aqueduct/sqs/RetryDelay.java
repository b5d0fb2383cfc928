// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import java.time.Duration;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** How often a message was received -> for how many seconds it is hidden after it failed again. */
record RetryDelay(Duration first, double multiplier, Duration longest) {

  int seconds(Message message) {
    return seconds(
        Integer.parseInt(
            message
                .attributes()
                .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")));
  }

  /** Grows by the multiplier from failure to failure, in whole seconds, rounded up. */
  int seconds(int receives) {
    double delay = first.toMillis() * Math.pow(multiplier, Math.max(0, receives - 1));
    return (int) Math.ceil(Math.min(delay, (double) longest.toMillis()) / 1000);
  }
}
