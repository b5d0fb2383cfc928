// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.time.Instant;

/**
 * What one batch is about: everything that arrived in {@code [start, end)}.
 *
 * @param empty whether the driver has seen that nothing arrived
 */
public record PlannedWindow(Instant start, Instant end, boolean empty) {

  static PlannedWindow of(long start, long end, boolean empty) {
    return new PlannedWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end), empty);
  }

  /** False for a batch that a checkpoint repeats although its window was applied since. */
  public boolean isNew() {
    return start.isBefore(end);
  }
}
