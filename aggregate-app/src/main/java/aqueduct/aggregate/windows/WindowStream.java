// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closed windows, one after the other. A batch holds one window, or as many as {@link
 * WindowOptions#maxWindows} when the reader is behind; a gap without records is passed in one step.
 */
final class WindowStream
    implements MicroBatchStream, SupportsTriggerAvailableNow, ReportsSourceMetrics {
  private static final Logger log = LoggerFactory.getLogger(WindowStream.class);
  private final WindowOptions options;
  private final StructType columns;
  private final ShardList shards;
  private long lastWindowEnd = Long.MAX_VALUE;

  WindowStream(WindowOptions options, StructType columns) {
    this.options = options;
    this.columns = columns;
    this.shards = new ShardList(options);
  }

  private long newestClosed() {
    return Math.min(
        lastWindowEnd, options.floor(System.currentTimeMillis() - options.settleMillis()));
  }

  @Override
  public Offset initialOffset() {
    if (options.startMillis() >= 0) {
      return new WindowOffset(options.floor(options.startMillis()));
    }
    OptionalLong oldest = shards.firstArrival(shards.horizon());
    return new WindowOffset(options.floor(oldest.orElseGet(System::currentTimeMillis)));
  }

  @Override
  public Offset latestOffset() {
    throw new IllegalStateException("Spark asks with a start and a limit");
  }

  @Override
  public Offset latestOffset(Offset start, ReadLimit limit) {
    long from = WindowOffset.of(start).until;
    long closed = newestClosed();
    long most = options.windowMillis() * options.maxWindows();
    if (closed - from <= most) {
      return new WindowOffset(Math.max(from, closed));
    }
    warnOfLoss(from);
    long first = options.floor(shards.firstArrival(from).orElse(closed));
    return new WindowOffset(Math.min(closed, Math.max(from, first) + most));
  }

  private void warnOfLoss(long from) {
    long horizon = shards.horizon();
    if (from < horizon) {
      log.error(
          "Stream {} no longer holds what arrived between {} and {}: if anything did, replay its files",
          options.stream(),
          java.time.Instant.ofEpochMilli(from),
          java.time.Instant.ofEpochMilli(horizon));
    }
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
    return Map.of("lagMillis", Long.toString(System.currentTimeMillis() - until));
  }

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    long from = WindowOffset.of(start).until;
    long to = WindowOffset.of(end).until;
    PlannedWindow.set(options.stream(), from, to);
    return shards.partitions(from, to);
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
  public void stop() {
    shards.close();
  }
}
