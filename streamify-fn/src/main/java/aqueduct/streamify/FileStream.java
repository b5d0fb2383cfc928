// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Claim;
import aqueduct.logs.FileSummary;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RecordSink.Transfer;
import aqueduct.wire.ChunkHeader;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims a file, streams it, and marks it done after the streams have taken its last record; in
 * this order, so that a death at any point is made good.
 */
final class FileStream {
  private static final Logger log = LoggerFactory.getLogger(FileStream.class);
  private final StreamSettings settings;
  private final FileLedger ledger;
  private final RecordSink sink;
  private final MeterRegistry meters;
  private final Clock clock;

  FileStream(
      StreamSettings settings,
      FileLedger ledger,
      RecordSink sink,
      MeterRegistry meters,
      Clock clock) {
    this.settings = settings;
    this.ledger = ledger;
    this.sink = sink;
    this.meters = meters;
    this.clock = clock;
  }

  /** Streams the file if the claim is ours; answers what the ledger said. */
  Claim run(KeptFile file) {
    Claim claim = ledger.claim(file.file(), settings.worker(), clock.instant(), settings.lease());
    if (claim instanceof Claim.Claimed claimed) {
      try (Lease lease = Lease.keep(ledger, claimed, settings.lease(), clock)) {
        FileSummary summary = stream(file, lease);
        lease.check();
        if (!ledger.finish(claimed, summary, clock.instant())) {
          throw new LeaseLostException(file.file().key());
        }
        count(file, summary);
      } catch (IOException e) {
        ledger.release(claimed);
        throw new UncheckedIOException(
            "file " + file.file().key() + " could not be read to its end: will be tried again", e);
      } catch (LeaseLostException e) {
        throw e; // it is another worker's now: nothing to give back
      } catch (RuntimeException e) {
        ledger.release(claimed);
        throw e;
      }
    }
    return claim;
  }

  private FileSummary stream(KeptFile file, Lease lease) throws IOException {
    try (InputStream content = file.content().get();
        Transfer chunks = sink.open(settings.rawLogs());
        Transfer rejected = sink.open(settings.rejectedLogs())) {
      Outlet outlet = new Outlet(chunks, rejected, lease);
      FileSummary summary = settings.streamer(file.file(), outlet).stream(content);
      outlet.flush();
      rejected.finish(); // first: a chunk that says "rejected" is only sent for good with its
      // rejections
      chunks.finish();
      return summary;
    }
  }

  private void count(KeptFile file, FileSummary summary) {
    meters.counter("aqueduct.streamify.lines").increment((double) summary.lines());
    meters.counter("aqueduct.streamify.events").increment((double) summary.events());
    meters.counter("aqueduct.streamify.rejected").increment((double) summary.rejected());
    meters.counter("aqueduct.streamify.chunks").increment(summary.chunks());
    summary
        .problem()
        .ifPresentOrElse(
            problem ->
                log.warn(
                    "{}: {}; {} of its lines are events",
                    file.file().key(),
                    problem,
                    summary.events()),
            () ->
                log.debug(
                    "{}: {} lines, {} events",
                    file.file().key(),
                    summary.lines(),
                    summary.events()));
  }

  /** Stops when the claim is lost. */
  private static final class Outlet extends ChunksAndRejections {
    private final Lease lease;

    Outlet(Transfer chunks, Transfer rejected, Lease lease) {
      super(chunks, rejected);
      this.lease = lease;
    }

    @Override
    public void chunk(PackedRecord record, ChunkHeader header) {
      lease.check();
      super.chunk(record, header);
    }
  }
}
