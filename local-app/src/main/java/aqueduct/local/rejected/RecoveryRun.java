// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.rejected;

import aqueduct.local.system.StoredSystem;
import aqueduct.logs.FileLedger;
import aqueduct.logs.RecoveredLines;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.FileProgress;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rejections that were tried again -> what became of them, by file. */
public final class RecoveryRun {
  private final StoredSystem stored;
  private final MetricStore metrics;

  public RecoveryRun(StoredSystem stored) {
    this.stored = stored;
    this.metrics = stored.metrics();
  }

  /**
   * What became of one file's rejections.
   *
   * @param tried rejected lines that were tried again
   * @param recovered those that are events now, counted in the metrics
   */
  public record Result(String file, long tried, long recovered) {}

  /** What the store says of the files that these rejections are of. */
  public List<Result> results(Collection<RejectedItem> items) {
    Map<String, Long> tried = new TreeMap<>();
    FileLedger ledger = stored.ledger();
    for (RejectedItem item : items) {
      if (!item.fileId().isEmpty()) {
        tried.merge(item.fileId(), (long) Math.max(1, item.lines()), Long::sum);
      }
    }
    return tried.entrySet().stream()
        .map(e -> result(ledger, HexFormat.fromHexDigitsToLong(e.getKey()), e.getValue()))
        .toList();
  }

  private Result result(FileLedger ledger, long fileId, long tried) {
    String name = ledger.find(fileId).map(e -> e.file().key()).orElse("?");
    long recovered =
        metrics.progress(RecoveredLines.fileId(fileId)).map(FileProgress::events).orElse(0L);
    return new Result(name, tried, recovered);
  }
}
