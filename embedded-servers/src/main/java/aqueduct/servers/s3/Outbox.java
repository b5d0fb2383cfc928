// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

/** Where notifications go. */
public interface Outbox {
  /** Returns after the queue has taken the message. */
  void send(String queue, String body);
}
