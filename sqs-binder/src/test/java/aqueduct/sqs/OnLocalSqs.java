// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** One SQS server for all tests of a class, and what they say of its queues. */
abstract class OnLocalSqs {
  static final String[] DEAD_LETTERS = {
    "dead-letter-queue=%s-dlq", "max-receives=3", "retry-delay=0s", "visibility-timeout=30s"
  };

  static LocalSqs sqs;

  @BeforeAll
  static void start() {
    sqs = LocalSqs.start();
  }

  @AfterAll
  static void stop() {
    sqs.close();
  }

  static String[] settings(String queue, String... settings) {
    String[] filled = settings.clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = filled[i].formatted(queue);
    }
    return filled;
  }
}
