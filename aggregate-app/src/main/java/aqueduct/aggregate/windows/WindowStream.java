// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReportsSourceMetrics;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closed windows, one after the other. A batch holds one window, or as many as {@link
 * WindowOptions#maxWindows} when the reader is behind; a stretch without records is one batch
 * without tasks, however long. With a board, a batch starts where the board says, not where Spark's
 * checkpoint does: a checkpoint that is lost, old or of another store changes nothing.
 */
final class WindowStream
    implements MicroBatchStream, SupportsTriggerAvailableNow, ReportsSourceMetrics {
  private static final Logger log = LoggerFactory.getLogger(WindowStream.class);
  private static final long ASK_RETENTION_EVERY = 600_000;
  private final WindowOptions options;
  private final StructType columns;
  private final ShardList shards;
  private final Clock clock;
  private final @Nullable WindowBoard board;
  private long lastWindowEnd = Long.MAX_VALUE;
  private PlannedWindow empty = PlannedWindow.of(0, 0, true);
  private long retention;
  private long retentionAsked;
  private long lostUntil = Long.MIN_VALUE;

  WindowStream(WindowOptions options, StructType columns, Kinesis kinesis, Clock clock) {
    this.options = options;
    this.columns = columns;
    this.shards = new ShardList(kinesis, options.stream());
    this.clock = clock;
    this.board = options.board().isEmpty() ? null : WindowBoard.of(options.board());
  }

  private long newestClosed() {
    return Math.min(lastWindowEnd, options.floor(clock.millis() - options.settleMillis()));
  }

  /** Where the next window starts: after the applied ones, whatever the checkpoint says. */
  private long next(long checkpointed) {
    return board == null
        ? checkpointed
        : board.appliedUntil().map(Instant::toEpochMilli).orElse(checkpointed);
  }

  @Override
  public Offset initialOffset() {
    Optional<Instant> applied = board == null ? Optional.empty() : board.appliedUntil();
    return new WindowOffset(applied.map(Instant::toEpochMilli).orElseGet(this::firstWindow));
  }

  private long firstWindow() {
    if (options.startMillis() >= 0) {
      return options.floor(options.startMillis());
    }
    long now = clock.millis();
    OptionalLong oldest = shards.firstArrival(now - retention(), now, Long.MIN_VALUE);
    return options.floor(oldest.orElse(now));
  }

  @Override
  public Offset latestOffset() {
    throw new IllegalStateException("Spark asks with a start and a limit");
  }

  @Override
  public Offset latestOffset(Offset start, ReadLimit limit) {
    long reached = WindowOffset.of(start).until;
    long closed = newestClosed();
    if (closed <= reached) {
      return new WindowOffset(reached);
    }
    long from = next(reached);
    if (closed <= from) {
      return new WindowOffset(reached);
    }
    warnOfLoss(from);
    long end = end(from, closed);
    return new WindowOffset(end > reached ? end : closed);
  }

  /** Where the window that starts at {@code from} shall end. */
  private long end(long from, long closed) {
    long firstEnd = options.floor(from) + options.windowMillis();
    long first = shards.firstArrival(from, closed, firstEnd).orElse(closed);
    if (first >= firstEnd) {
      long end = Math.min(closed, options.floor(first));
      empty = PlannedWindow.of(from, end, true);
      return end;
    }
    return Math.min(closed, options.floor(from) + options.windowMillis() * options.maxWindows());
  }

  private void warnOfLoss(long from) {
    long horizon = clock.millis() - retention();
    if (from < horizon && from > lostUntil) {
      lostUntil = horizon;
      log.error(
          "Stream {} no longer holds what arrived between {} and {}: if anything did, replay its files",
          options.stream(),
          Instant.ofEpochMilli(from),
          Instant.ofEpochMilli(horizon));
      if (board != null) {
        board.lost(Instant.ofEpochMilli(from), Instant.ofEpochMilli(horizon));
      }
    }
  }

  private long retention() {
    if (retention == 0 || clock.millis() - retentionAsked > ASK_RETENTION_EVERY) {
      retention = shards.retentionMillis();
      retentionAsked = clock.millis();
    }
    return retention;
  }

  @Override
  public ReadLimit getDefaultReadLimit() {
    return ReadLimit.allAvailable();
  }

  @Override
  public Offset reportLatestOffset() {
    return new WindowOffset(newestClosed());
  }

  @Override
  public void prepareForTriggerAvailableNow() {
    lastWindowEnd = newestClosed();
  }

  @Override
  public Map<String, String> metrics(Optional<Offset> latestConsumed) {
    long until =
        latestConsumed.map(offset -> WindowOffset.of(offset).until).orElseGet(this::newestClosed);
    return Map.of("lagMillis", Long.toString(clock.millis() - until));
  }

  /** May be asked several times for one batch. */
  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    long from = next(WindowOffset.of(start).until);
    long to = WindowOffset.of(end).until;
    PlannedWindow window = PlannedWindow.of(from, to, false);
    if (window.start().equals(empty.start()) && window.end().equals(empty.end())) {
      window = empty;
    }
    if (board != null) {
      board.plan(window);
    }
    return window.empty() || !window.isNew() ? new InputPartition[0] : shards.partitions(from, to);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new WindowReaderFactory(options, columns);
  }

  @Override
  public Offset deserializeOffset(String json) {
    return WindowOffset.parse(json);
  }

  /** Nothing to tell Kinesis: the metric store remembers. */
  @Override
  public void commit(Offset end) {}

  @Override
  public void stop() {}
}
