// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.logs.FileLedger;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Where no live path runs: nothing is known of any file, and nothing can be claimed. */
final class NoLedger implements FileLedger {
  @Override
  public Claim claim(LogFile file, String worker, Instant now, Duration lease) {
    throw new UnsupportedOperationException("there is no ledger");
  }

  @Override
  public boolean extend(Claim.Claimed claim, Instant now, Duration lease) {
    return false;
  }

  @Override
  public boolean finish(Claim.Claimed claim, FileSummary summary, Instant now) {
    return false;
  }

  @Override
  public void release(Claim.Claimed claim) {
    // nothing was claimed
  }

  @Override
  public Optional<Entry> find(long fileId) {
    return Optional.empty();
  }

  @Override
  public Stream<Entry> entries() {
    return Stream.empty();
  }
}
