// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Claim;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A claim that is kept alive in the background while its file is streamed. */
final class Lease implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lease.class);
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "file-lease");
            thread.setDaemon(true);
            return thread;
          });
  private final FileLedger ledger;
  private final Claim.Claimed claim;
  private final Duration length;
  private final Clock clock;
  private final ScheduledFuture<?> heartbeat;
  private volatile boolean lost;

  private Lease(FileLedger ledger, Claim.Claimed claim, Duration length, Clock clock) {
    this.ledger = ledger;
    this.claim = claim;
    this.length = length;
    this.clock = clock;
    long third = length.toMillis() / 3;
    heartbeat = TIMER.scheduleWithFixedDelay(this::extend, third, third, TimeUnit.MILLISECONDS);
  }

  static Lease keep(FileLedger ledger, Claim.Claimed claim, Duration length, Clock clock) {
    return new Lease(ledger, claim, length, clock);
  }

  private void extend() {
    try {
      lost |= !ledger.extend(claim, clock.instant(), length);
    } catch (RuntimeException e) {
      log.warn("The ledger did not answer; the claim is extended at the next beat, or lost", e);
    }
  }

  /** Throws when the claim is lost. */
  void check() {
    if (lost) {
      throw new LeaseLostException(HexFormat.of().toHexDigits(claim.fileId()));
    }
  }

  @Override
  public void close() {
    heartbeat.cancel(false);
  }
}
