// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Duration;

/**
 * When a cluster grows and shrinks.
 *
 * @param minUnits of any cluster
 * @param maxUnits of any cluster
 * @param upAt share of the batch limit at which batches are too long
 * @param downAt share of the batch limit at which they are needlessly short
 * @param aimAt share of the batch limit that a new size is computed for
 * @param behindAt how old the newest metrics may be before all units are used
 * @param upAfter how long they must have been too long
 * @param downAfter how long they must have been needlessly short
 */
public record Scale(
    int minUnits,
    int maxUnits,
    double upAt,
    double downAt,
    double aimAt,
    Duration behindAt,
    Duration upAfter,
    Duration downAfter) {

  public Scale {
    if (minUnits < 1 || maxUnits < minUnits) {
      throw new IllegalArgumentException(
          "units from " + minUnits + " to " + maxUnits + ": needs 1 <= least <= most");
    }
    if (!(0 < downAt && downAt < aimAt && aimAt < upAt && upAt <= 1)) {
      throw new IllegalArgumentException(
          "shares of the batch limit: needs 0 < down-at < aim-at < up-at <= 1, not "
              + downAt
              + ", "
              + aimAt
              + ", "
              + upAt);
    }
  }
}
