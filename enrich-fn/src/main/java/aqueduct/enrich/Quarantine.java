// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import aqueduct.enrichment.Enricher;
import aqueduct.enrichment.Enricher.Enriched;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.RejectionPacker;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One packed record -> its enriched chunk, or a Rejection that holds it. A corrupt record is
 * rejected at once. Where the enricher fails in a way that nobody expected, it tries again; in the
 * last attempt only the events on which it fails are put aside, and the others go on. A dataset
 * that cannot be read is no record's fault: that is thrown.
 */
final class Quarantine {
  private static final Logger log = LoggerFactory.getLogger(Quarantine.class);
  private final ThreadLocal<Enricher> enrichers;
  private final Supplier<Enricher> newEnricher;
  private final int attempts;

  Quarantine(Supplier<Enricher> newEnricher, int attempts) {
    this.newEnricher = newEnricher;
    this.enrichers = ThreadLocal.withInitial(newEnricher);
    this.attempts = attempts;
  }

  /** What became of a record: a chunk or not, and what was rejected of it. */
  record Result(Optional<Enriched> enriched, List<Rejection> rejections) {}

  Result enrich(byte[] record) {
    for (int attempt = 1; ; attempt++) {
      try {
        Enriched enriched = enriched(record, attempt == attempts);
        return new Result(Optional.of(enriched), enriched.rejections());
      } catch (CorruptRecordException e) {
        return rejected(
            record, e.reason(), "the record is damaged; its file can be replayed", attempt);
      } catch (UncheckedIOException e) {
        throw e;
      } catch (RuntimeException e) {
        enrichers.set(newEnricher.get()); // what failed half-way may hold half a chunk
        if (attempt >= attempts) {
          log.error(
              "A record fails the enricher and is put aside: {}",
              e.getClass().getName(),
              withoutMessage(e));
          return rejected(
              record,
              "enricher_failed",
              "the enricher failed on it ("
                  + e.getClass().getSimpleName()
                  + "); report this, then replay its file",
              attempt);
        }
      }
    }
  }

  private Enriched enriched(byte[] record, boolean last) throws CorruptRecordException {
    Enricher enricher = enrichers.get();
    return last ? enricher.enrichWhatCanBe(record) : enricher.enrich(record);
  }

  /** An exception's message may quote what a viewer sent: the stack is enough. */
  private static Throwable withoutMessage(RuntimeException e) {
    Throwable bare = new IllegalStateException("message left out");
    bare.setStackTrace(e.getStackTrace());
    return bare;
  }

  private static Result rejected(byte[] record, String reason, String message, int attempts) {
    Rejection rejection =
        Rejection.newBuilder()
            .setStage("enrich")
            .setReason(reason)
            .setMessage(message)
            .setPipe("raw-logs")
            .setAttempts(attempts)
            .setData(
                ByteString.copyFrom(
                    record, 0, Math.min(record.length, RejectionPacker.MAX_DATA_BYTES)))
            .setDataLength(record.length)
            .build();
    return new Result(Optional.empty(), List.of(rejection));
  }
}
