// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.lineage;

import aqueduct.local.rejected.RejectedItem;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.metrics.MetricStore.AppliedWindow;
import java.util.List;
import java.util.Optional;

/**
 * Everything that became of one line.
 *
 * @param file the ledger's row of its file; absent for a span of a stream of real-time logs
 * @param line its number
 * @param raw where it lies on raw-logs; absent if it is rejected, or the stream has forgotten it
 * @param enriched where it lies on enriched-logs, likewise
 * @param rejections those of the line, and those of its whole file
 * @param applied whether its chunk is in the metrics
 * @param window the window in which it was applied; absent if it is not
 * @param cells what it is counted in
 */
public record Trace(
    Optional<Entry> file,
    int line,
    Optional<Found> raw,
    Optional<Found> enriched,
    List<RejectedItem> rejections,
    boolean applied,
    Optional<AppliedWindow> window,
    List<MetricCell> cells) {
  /** Nothing is known. */
  static final Trace NOTHING =
      new Trace(
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          false,
          Optional.empty(),
          List.of());

  /** What to say when nothing of it was found. */
  public boolean isEmpty() {
    return raw.isEmpty() && enriched.isEmpty() && rejections.isEmpty();
  }
}
