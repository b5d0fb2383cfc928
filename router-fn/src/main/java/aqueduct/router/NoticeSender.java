// SPDX-License-Identifier: Apache-2.0
package aqueduct.router;

/** The way to the queues: returns when the queue of that binding has stored the text, or throws. */
interface NoticeSender {
  void send(String binding, String body);
}
