// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.status;

import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.FileSummary;
import aqueduct.metrics.MetricStore.FileProgress;
import java.util.Optional;

/**
 * One file, between its lines and the metrics.
 *
 * @param state claimed, streamed (some chunks not applied yet) or applied
 * @param lines log lines, as streamify counted them
 * @param streamed events that streamify sent
 * @param waiting lines in chunks that are not applied yet
 * @param duplicates lines that came again and were not counted again
 * @param gap lines that no number accounts for: always 0, or something is wrong
 * @param problem why the file could not be read to its end; empty if it was
 */
public record FileStatus(
    String file,
    String state,
    long lines,
    long streamed,
    long events,
    long rejected,
    long filtered,
    long duplicates,
    long waiting,
    long gap,
    String problem) {

  static FileStatus of(Entry entry, Optional<FileProgress> progress) {
    FileProgress applied =
        progress.orElse(new FileProgress(entry.file().fileId(), 0, 0, 0, 0, 0, 0));
    if (entry.state() != State.DONE || entry.summary().isEmpty()) {
      return of(entry, "claimed", 0, 0, applied, 0, applied.lines(), "");
    }
    FileSummary summary = entry.summary().get();
    boolean whole = applied.chunks() == summary.chunks();
    long open = summary.lines() - applied.lines();
    return of(
        entry,
        whole ? "applied" : "streamed",
        summary.lines(),
        summary.events(),
        applied,
        whole ? 0 : open,
        summary.lines(),
        summary.problem().orElse(""));
  }

  private static FileStatus of(
      Entry entry,
      String state,
      long lines,
      long streamed,
      FileProgress applied,
      long waiting,
      long toAccountFor,
      String problem) {
    long gap = toAccountFor - applied.events() - applied.rejected() - applied.filtered() - waiting;
    return new FileStatus(
        entry.file().key(),
        state,
        lines,
        streamed,
        applied.events(),
        applied.rejected(),
        applied.filtered(),
        applied.duplicateLines(),
        waiting,
        gap,
        problem);
  }
}
