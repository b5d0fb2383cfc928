// SPDX-License-Identifier: Apache-2.0
package aqueduct.count;

import aqueduct.logs.ChunkId;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RejectionPacker;
import aqueduct.metrics.Cube;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.AppliedWindow;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.metrics.ReportSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.messaging.Message;

/**
 * Packed EnrichedLog chunks -> metrics. Returns when the chunks, their numbers and a window of
 * their own are in the store, by one transaction; a chunk that is there already changes nothing.
 * Where another process took the window first, it looks again and takes the next. What cannot be
 * counted is rejected before the chunk that says so is applied.
 */
public final class CountFunction implements Consumer<Message<List<byte[]>>>, AutoCloseable {
  private static final String REJECTED_LOGS = "rejected-logs";
  private static final int MOST_TRIES = 20;
  private final MetricStore store;
  private final List<ReportSpec> reports;
  private final RecordSink sink;
  private final Clock clock;

  CountFunction(MetricStore store, List<ReportSpec> reports, RecordSink sink, Clock clock) {
    this.store = store;
    this.reports = reports;
    this.sink = sink;
    this.clock = clock;
  }

  /** One at a time in a process: windows follow one another. */
  @Override
  public synchronized void accept(Message<List<byte[]>> message) {
    for (int tries = 1; !isCounted(message.getPayload()); tries++) {
      if (tries == MOST_TRIES) {
        throw new IllegalStateException(
            MOST_TRIES + " windows were each taken by another process first: will be tried again");
      }
    }
  }

  private boolean isCounted(List<byte[]> records) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ChunkBatch batch = new ChunkBatch(reports, now.plus(Cube.FUTURE));
    Set<ChunkId> applied = store.appliedAmong(batch.ids(records));
    records.forEach(record -> batch.count(record, applied));
    if (!batch.rejections().isEmpty()) {
      sink.put(REJECTED_LOGS, RejectionPacker.pack(batch.rejections()));
    }
    return batch.isEmpty() || isApplied(batch, now);
  }

  /** False if another process took the window. */
  private boolean isApplied(ChunkBatch batch, Instant now) {
    Instant start =
        store.newestWindow().map(AppliedWindow::end).orElse(now.minus(1, ChronoUnit.MILLIS));
    Instant next = start.plus(1, ChronoUnit.MILLIS);
    String attempt = "count-" + start;
    List<String> parts =
        batch.events() == 0 ? List.of() : List.of(store.stage(start, attempt, batch.deltas()));
    return store.apply(
            new WindowCommit(
                start,
                now.isAfter(next) ? now : next,
                attempt,
                0,
                parts,
                batch.chunks(),
                batch.duplicateLines()))
        == Applied.APPLIED;
  }

  @Override
  public void close() {
    store.close();
  }
}
