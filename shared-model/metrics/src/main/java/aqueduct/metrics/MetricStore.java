// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import aqueduct.logs.ChunkId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the metrics live. Deltas of a window are staged in parts, by any number of workers, and
 * then applied together with the window and its chunks in one transaction: whatever is repeated
 * changes nothing.
 */
public interface MetricStore extends AutoCloseable {

  /**
   * Stages one part of a window's deltas. A part that is staged again replaces nothing and counts
   * nothing until {@link #apply} names it; parts that nobody names are swept by age.
   *
   * @param windowStart the window whose commit will name the part
   * @param deltas at least one; a key stands in one part of a commit only
   * @return the part's id, to be named in {@link #apply}
   */
  String stage(Instant windowStart, String attempt, Iterator<MetricDelta> deltas);

  /**
   * In one transaction: the window becomes applied, its chunks become applied, the staged deltas
   * are added to the metrics. Answers ALREADY_APPLIED and changes nothing if the window was applied
   * before. Throws {@link FencedException} if a newer writer exists, and IllegalStateException if
   * one of the chunks was applied by another window or a part is gone (the window must then be
   * computed again).
   */
  Applied apply(WindowCommit commit);

  /** The newest applied window, absent in a new store. */
  Optional<AppliedWindow> newestWindow();

  /** The applied window that holds this time of arrival; absent if it is not applied yet. */
  Optional<AppliedWindow> windowAt(Instant arrival);

  /** Which of these chunks are applied already. */
  Set<ChunkId> appliedAmong(Collection<ChunkId> chunks);

  /** What has been applied of one file; absent if nothing. */
  Optional<FileProgress> progress(long fileId);

  /** The sums over all files. */
  Conservation conservation();

  /** The UTC days that hold metrics, oldest first. */
  List<LocalDate> days();

  /**
   * The cells of one report between two instants, merged to the grain and dimensions that are
   * asked.
   */
  List<MetricRow> query(MetricQuery query);

  @Override
  void close();

  /**
   * What {@link #apply} makes part of the metrics.
   *
   * @param writerToken fencing token of the writer, rising; 0 where only one can exist
   * @param parts ids that {@link #stage} gave
   * @param duplicateLines lines of chunks that were dropped because they had been applied before,
   *     by file
   */
  record WindowCommit(
      Instant windowStart,
      Instant windowEnd,
      String attempt,
      long writerToken,
      List<String> parts,
      List<AppliedChunk> chunks,
      Map<Long, Long> duplicateLines) {}

  /** Whether the window was new. */
  enum Applied {
    APPLIED,
    ALREADY_APPLIED
  }

  /** One row of the ledger of windows. {@code end} is where the next window starts. */
  record AppliedWindow(Instant start, Instant end, long events, Instant appliedAt) {}

  /** The sums over a file's applied chunks. {@code lines = events + rejected + filtered}. */
  record FileProgress(
      long fileId,
      int chunks,
      long lines,
      long events,
      long rejected,
      long filtered,
      long duplicateLines) {}

  /** What all files together came to. A gap other than 0 is an alarm. */
  record Conservation(
      long files, long lines, long events, long rejected, long filtered, long duplicateLines) {

    /** Lines of which nobody knows what became. */
    public long gap() {
      return lines - events - rejected - filtered;
    }
  }

  /** Thrown when a newer writer holds the token. */
  final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FencedException(String message) {
      super(message);
    }
  }
}
