// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What writers of the metric store say of themselves, and what they have done: the ground on which
 * it is judged whether one is healthy. Times are of the store's clock.
 */
public interface Writers {

  /** Notes that the writer lives. May be repeated; the newest stays. */
  void beat(Heartbeat beat);

  /** All that is known, of one moment. */
  Standing look();

  /**
   * A sign of life.
   *
   * @param token the writer's fencing token
   * @param busyFor how long the batch that it computes has run; absent between batches
   * @param windows how many windows that batch holds
   * @param perWindow how long the newest finished batch took for each of its windows
   */
  record Heartbeat(long token, Optional<Duration> busyFor, int windows, Duration perWindow) {}

  /**
   * One writer, of those that have written or beaten within two days.
   *
   * @param busySince start of the batch that it computed at its newest beat
   */
  record Writer(
      long token,
      Optional<Instant> firstApplied,
      Optional<Instant> lastApplied,
      Optional<Instant> beat,
      Optional<Instant> busySince,
      int windows,
      Duration perWindow) {}

  /**
   * Everything of one moment.
   *
   * @param now of the store's clock
   * @param newestToken writers with an older one are refused
   * @param newestEnd end of the newest applied window
   */
  record Standing(
      Instant now, long newestToken, Optional<Instant> newestEnd, List<Writer> writers) {}
}
