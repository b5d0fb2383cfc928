// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.sqs;

import java.time.Duration;

/**
 * A queue to be there.
 *
 * @param name its name
 * @param deadLetter the queue for what failed too often, or an empty text for none; it is made too
 * @param maxReceives how often a message is tried before that
 * @param visibility how long a received message is hidden from others
 */
public record QueueSpec(String name, String deadLetter, int maxReceives, Duration visibility) {
  /** A queue without dead letters, with the defaults of SQS. */
  public static QueueSpec plain(String name) {
    return new QueueSpec(name, "", 0, Duration.ofSeconds(30));
  }
}
