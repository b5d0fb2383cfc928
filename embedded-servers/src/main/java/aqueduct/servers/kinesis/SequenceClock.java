// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time -> sequence numbers that only rise, also across restarts and when the clock is set back.
 */
final class SequenceClock {
  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  SequenceClock(Clock clock) {
    this.clock = clock;
  }

  long next() {
    return last.updateAndGet(l -> Math.max(l + 1, SequenceNumber.firstAt(clock.millis())));
  }

  /** A number that was given out before: all later ones are above it. */
  void passed(long sequence) {
    last.accumulateAndGet(sequence, Math::max);
  }

  long millis() {
    return clock.millis();
  }
}
