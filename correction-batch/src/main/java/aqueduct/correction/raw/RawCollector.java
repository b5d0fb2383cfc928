// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.correction.raw.RawStore.Kept;
import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.FileSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A listing of the backup, and the ledger -> the index of raw files. What the ledger has done is
 * taken from it; a file of which it knows nothing lost its notice, and is read to find its days. A
 * file that came within the grace, or is being streamed, waits for the next run.
 */
public final class RawCollector {
  private static final Duration STUCK = Duration.ofDays(1);
  private static final int MANY = 200;
  private final RawStore store;
  private final FileLedger ledger;
  private final RawIndex index;
  private final Duration grace;
  private final Scanner scanner;

  /** Reads files to find their days, many at a time. */
  public interface Scanner {
    List<RawFile> scan(List<Kept> files, boolean streamed);
  }

  /**
   * What was found.
   *
   * @param present every file in the backup
   * @param added files that were not known before
   * @param lost of those, the ones that the live path has never seen
   * @param waiting files that are on their way to the live path
   */
  public record Collected(Set<Long> present, int added, List<Kept> lost, int waiting) {}

  public RawCollector(
      RawStore store, FileLedger ledger, RawIndex index, Duration grace, Scanner scanner) {
    this.store = store;
    this.ledger = ledger;
    this.index = index;
    this.grace = grace;
    this.scanner = scanner;
  }

  public Collected collect(Instant now) {
    Set<Long> known = index.known();
    Set<Long> present = new HashSet<>();
    List<Kept> fresh = new ArrayList<>();
    try (Stream<Kept> all = store.list()) {
      all.forEach(
          kept -> {
            long id = kept.file().fileId();
            present.add(id);
            if (!known.contains(id)) {
              fresh.add(kept);
            }
          });
    }
    return add(fresh, present, now);
  }

  private Collected add(List<Kept> fresh, Set<Long> present, Instant now) {
    Map<Long, Entry> entries = entries(fresh);
    List<RawFile> found = new ArrayList<>();
    List<Kept> wide = new ArrayList<>();
    List<Kept> lost = new ArrayList<>();
    int waiting = 0;
    for (Kept kept : fresh) {
      Entry entry = entries.get(kept.file().fileId());
      FileSummary summary = entry == null ? null : entry.summary().orElse(null);
      if (entry != null && entry.state() == State.DONE && summary != null) {
        if (isWide(summary)) {
          wide.add(kept);
        } else {
          found.add(RawScan.entry(kept, summary, days(summary), true));
        }
      } else if (kept.modified().isAfter(now.minus(entry == null ? grace : STUCK))) {
        waiting++;
      } else {
        lost.add(kept);
      }
    }
    found.addAll(scanner.scan(wide, true));
    found.addAll(scanner.scan(lost, false));
    index.add(found);
    return new Collected(present, found.size(), lost, waiting);
  }

  private Map<Long, Entry> entries(List<Kept> fresh) {
    Map<Long, Entry> entries = new HashMap<>();
    if (fresh.size() > MANY) {
      try (Stream<Entry> all = ledger.entries()) {
        all.forEach(entry -> entries.put(entry.file().fileId(), entry));
      }
    } else {
      fresh.forEach(
          kept ->
              ledger
                  .find(kept.file().fileId())
                  .ifPresent(entry -> entries.put(entry.file().fileId(), entry)));
    }
    return entries;
  }

  /** Between first and last may lie days of which the file has nothing. */
  private static boolean isWide(FileSummary summary) {
    return summary.firstEvent().isPresent() && range(summary).size() > 2;
  }

  private static List<LocalDate> days(FileSummary summary) {
    return summary.firstEvent().isPresent() ? range(summary) : List.of();
  }

  private static List<LocalDate> range(FileSummary summary) {
    LocalDate first = date(summary.firstEvent().orElseThrow());
    LocalDate last = date(summary.lastEvent().orElseThrow());
    return first.datesUntil(last.plusDays(1)).limit(3).toList();
  }

  private static LocalDate date(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
