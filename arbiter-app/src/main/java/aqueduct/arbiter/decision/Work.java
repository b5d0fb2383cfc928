// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the metric store knows of one writer.
 *
 * @param firstApplied when its first window was applied
 * @param lastApplied when its newest window was applied
 * @param heartbeat when its driver last said that it lives
 * @param busy the batch that it computes, as its driver last said
 * @param perWindow how long its newest batch took for each of its windows
 */
public record Work(
    Optional<Instant> firstApplied,
    Optional<Instant> lastApplied,
    Optional<Instant> heartbeat,
    Optional<Busy> busy,
    Duration perWindow) {

  /** A batch of some windows, more than one when it catches up. */
  public record Busy(Instant since, int windows) {}

  public static final Work NONE =
      new Work(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);
}
