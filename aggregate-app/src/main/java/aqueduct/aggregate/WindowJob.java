// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.aggregate.windows.PlannedWindow;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RejectionPacker;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.DeltaCodec;
import aqueduct.metrics.DeltaSum;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.wire.Rejection;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * One window's records -> the metric store, once. All records of a chunk meet in one partition,
 * where repeats are dropped and the rest is counted; then all deltas of a report's site and bucket
 * meet, are summed and staged; at last one transaction applies window, chunks and deltas. A job
 * that is killed anywhere leaves nothing but unnamed staging rows.
 */
final class WindowJob {
  private final AggregateSettings settings;
  private final MetricStore store;
  private final RecordSink sink;

  WindowJob(AggregateSettings settings, MetricStore store, RecordSink sink) {
    this.settings = settings;
    this.store = store;
    this.sink = sink;
  }

  /** What became of the window. */
  record Done(Applied applied, long chunks, long events, long duplicateLines, long rejections) {}

  Done run(Dataset<Row> records, PlannedWindow window) {
    String attempt = UUID.randomUUID().toString();
    List<Staged> parts = stage(settings, records, window, attempt);
    List<AppliedChunk> chunks = new ArrayList<>();
    Map<Long, Long> duplicates = new HashMap<>();
    List<Rejection> rejections = new ArrayList<>();
    for (Staged part : parts) {
      for (Counted.Account account : part.accounts()) {
        chunks.addAll(account.chunks());
        account.duplicateLines().forEach((file, lines) -> duplicates.merge(file, lines, Long::sum));
        account.rejections().forEach(bytes -> rejections.add(rejection(bytes)));
      }
    }
    if (!rejections.isEmpty()) {
      sink.put("rejected-logs", RejectionPacker.pack(rejections));
    }
    List<String> named = parts.stream().map(Staged::part).filter(part -> !part.isEmpty()).toList();
    Applied applied =
        store.apply(
            new WindowCommit(
                window.start(),
                window.end(),
                attempt,
                settings.writerToken(),
                named,
                chunks,
                duplicates));
    return new Done(
        applied,
        chunks.size(),
        chunks.stream().mapToLong(AppliedChunk::events).sum(),
        duplicates.values().stream().mapToLong(Long::longValue).sum(),
        rejections.size());
  }

  private static Rejection rejection(byte[] bytes) {
    try {
      return Rejection.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a rejection that this job wrote cannot be read", e);
    }
  }

  /** One staged part, empty if the partition had no delta, with the accounts that met there. */
  record Staged(String part, List<Counted.Account> accounts) implements java.io.Serializable {}

  private static List<Staged> stage(
      AggregateSettings settings, Dataset<Row> records, PlannedWindow window, String attempt) {
    HashPartitioner partitioner = new HashPartitioner(settings.partitions());
    JavaPairRDD<Integer, Counted> counted =
        records
            .select("partition_key", "arrival_millis", "sequence_number", "data")
            .toJavaRDD()
            .mapToPair(row -> new Tuple2<>(row.getString(0), StreamedRecord.of(row)))
            .partitionBy(partitioner)
            .mapPartitionsToPair(chunks -> count(settings, chunks));
    return counted
        .partitionBy(partitioner)
        .mapPartitions(cells -> stage(settings, window, attempt, cells))
        .collect();
  }

  private static Iterator<Tuple2<Integer, Counted>> count(
      AggregateSettings settings, Iterator<Tuple2<String, StreamedRecord>> chunks) {
    try (MetricStore store = settings.store().open(settings.reports())) {
      ChunkCount count = new ChunkCount(settings.reports(), settings.stream(), store::appliedAmong);
      List<StreamedRecord> batch = new ArrayList<>();
      chunks.forEachRemaining(chunk -> batch.add(chunk._2()));
      count.add(batch);
      return count.counted().stream().map(WindowJob::keyed).iterator();
    }
  }

  private static Tuple2<Integer, Counted> keyed(Counted counted) {
    int group =
        counted instanceof Counted.Delta delta
            ? DeltaSum.group(DeltaCodec.decode(delta.bytes()).key()).hashCode()
            : 0;
    return new Tuple2<>(group, counted);
  }

  private static Iterator<Staged> stage(
      AggregateSettings settings,
      PlannedWindow window,
      String attempt,
      Iterator<Tuple2<Integer, Counted>> cells) {
    DeltaSum sum = new DeltaSum(settings.reports());
    List<Counted.Account> accounts = new ArrayList<>();
    cells.forEachRemaining(
        cell -> {
          if (cell._2() instanceof Counted.Delta delta) {
            sum.add(DeltaCodec.decode(delta.bytes()));
          } else if (cell._2() instanceof Counted.Account account) {
            accounts.add(account);
          }
        });
    List<MetricDelta> deltas = sum.deltas();
    String part = "";
    if (!deltas.isEmpty()) {
      try (MetricStore store = settings.store().open(settings.reports())) {
        part = store.stage(window.start(), attempt, deltas.iterator());
      }
    }
    return List.of(new Staged(part, accounts)).iterator();
  }
}
