// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import aqueduct.logs.FileLedger;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A file ledger that forgets with the process, for tests; as strict as the real one. */
public final class InMemoryFileLedger implements FileLedger {
  private record Row(Entry entry, String worker, Instant until) {}

  private final Map<Long, Row> rows = new HashMap<>();

  @Override
  public synchronized Claim claim(LogFile file, String worker, Instant now, Duration lease) {
    Row row = rows.get(file.fileId());
    if (row != null && row.entry.state() == State.DONE) {
      Entry old = row.entry;
      Entry repeated =
          new Entry(old.file(), old.state(), old.version(), old.repeats() + 1, old.summary());
      rows.put(file.fileId(), new Row(repeated, row.worker, row.until));
      return new Claim.AlreadyDone(repeated);
    }
    if (row != null && !row.until.isBefore(now)) {
      return new Claim.HeldByAnother(row.worker, row.until);
    }
    long version = row == null ? 1 : row.entry.version() + 1;
    rows.put(
        file.fileId(),
        new Row(
            new Entry(file, State.CLAIMED, version, 0, Optional.empty()), worker, now.plus(lease)));
    return new Claim.Claimed(file.fileId(), worker, version);
  }

  @Override
  public synchronized boolean extend(Claim.Claimed claim, Instant now, Duration lease) {
    Row row = rows.get(claim.fileId());
    if (row == null
        || row.entry.version() != claim.version()
        || row.entry.state() != State.CLAIMED) {
      return false;
    }
    rows.put(claim.fileId(), new Row(row.entry, row.worker, now.plus(lease)));
    return true;
  }

  @Override
  public synchronized boolean finish(Claim.Claimed claim, FileSummary summary, Instant now) {
    Row row = rows.get(claim.fileId());
    if (row == null || row.entry.version() != claim.version()) {
      return false;
    }
    Entry old = row.entry;
    rows.put(
        claim.fileId(),
        new Row(
            new Entry(old.file(), State.DONE, old.version(), old.repeats(), Optional.of(summary)),
            row.worker,
            row.until));
    return true;
  }

  @Override
  public void release(Claim.Claimed claim) {
    extend(claim, Instant.EPOCH, Duration.ZERO);
  }

  @Override
  public synchronized Optional<Entry> find(long fileId) {
    return Optional.ofNullable(rows.get(fileId)).map(Row::entry);
  }

  @Override
  public synchronized Stream<Entry> entries() {
    return List.copyOf(rows.values()).stream().map(Row::entry);
  }
}
