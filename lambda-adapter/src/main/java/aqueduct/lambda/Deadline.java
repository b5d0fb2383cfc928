// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When an invocation must have answered. What Lambda cuts off comes again as a whole; what is
 * answered in time comes again only in part. So nothing more is begun in the last quarter of the
 * time, at most in its last 20 seconds.
 */
final class Deadline {
  private static final Duration LONGEST_RESERVE = Duration.ofSeconds(20);
  private final Clock clock;
  private final Instant lastBegin;

  private Deadline(Clock clock, Instant lastBegin) {
    this.clock = clock;
    this.lastBegin = lastBegin;
  }

  static Deadline of(Instant end, Clock clock) {
    Duration quarter = Duration.between(clock.instant(), end).dividedBy(4);
    Duration reserve = quarter.compareTo(LONGEST_RESERVE) < 0 ? quarter : LONGEST_RESERVE;
    return new Deadline(clock, end.minus(reserve));
  }

  boolean isNear() {
    return !clock.instant().isBefore(lastBegin);
  }
}
