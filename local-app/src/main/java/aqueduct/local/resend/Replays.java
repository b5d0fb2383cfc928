// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.resend;

import aqueduct.local.resend.Missing.Where;
import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.FileSummary;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Names of files and days -> the streamed files whose chunks are to be sent again. */
public final class Replays {
  private Replays() {}

  /** By name: every content that the backup had under such a key. Throws if there is none. */
  public static List<Entry> files(FileLedger ledger, Collection<String> keys) {
    List<Entry> found = entries(ledger).filter(e -> keys.contains(e.file().key())).toList();
    for (String key : keys) {
      if (found.stream().noneMatch(e -> e.file().key().equals(key))) {
        throw new IllegalArgumentException(
            "no file "
                + key
                + " was ever streamed: ./aqueduct status --only files names them, backfill sends"
                + " what is not among them");
      }
    }
    return found;
  }

  /** The files that may hold events of these days. */
  public static List<Entry> days(FileLedger ledger, Collection<LocalDate> days) {
    return entries(ledger).filter(e -> days.stream().anyMatch(day -> mayHold(e, day))).toList();
  }

  /** One message for each file that is there: of one name there is one. */
  public static List<Order> orders(Collection<Entry> entries) {
    return entries.stream()
        .map(e -> new Missing(e.file().bucket(), e.file().key(), Where.STREAMED).order())
        .distinct()
        .toList();
  }

  private static Stream<Entry> entries(FileLedger ledger) {
    try (Stream<Entry> all = ledger.entries()) {
      return all
          .filter(e -> e.state() == State.DONE && e.summary().isPresent())
          .sorted(Comparator.comparing((Entry e) -> e.file().key()))
          .toList()
          .stream();
    }
  }

  private static boolean mayHold(Entry entry, LocalDate day) {
    Optional<Instant> first = entry.summary().flatMap(FileSummary::firstEvent);
    Optional<Instant> last = entry.summary().flatMap(FileSummary::lastEvent);
    return first.isPresent()
        && last.isPresent()
        && !day(first.get()).isAfter(day)
        && !day(last.get()).isBefore(day);
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
