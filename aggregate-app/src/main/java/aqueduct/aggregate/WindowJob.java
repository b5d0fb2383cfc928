// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.aggregate.windows.PlannedWindow;
import aqueduct.logs.ChunkId;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.Unpacker;
import aqueduct.metrics.GroupedDeltas;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.WindowCommit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import scala.Tuple3;

/**
 * One window's records -> the metric store, once. Every slice (a shard) is counted where it is
 * read; the deltas of a report's site and bucket meet, are summed and staged; one transaction then
 * applies window, chunks and deltas. A job that is killed anywhere leaves nothing but staging rows
 * that nobody names.
 *
 * <p>Records of one chunk have one partition key and so one shard, which is why their bytes need no
 * shuffle. Where that does not hold (a repeat on either side of a split, a producer with keys of
 * its own) a chunk stands in two accounts; the window is then counted again with its records
 * brought together by chunk.
 */
final class WindowJob {
  private static final Logger log = LoggerFactory.getLogger(WindowJob.class);
  private static final String PART = "part";
  private final AggregateSettings settings;
  private final MetricStore store;

  WindowJob(AggregateSettings settings, MetricStore store) {
    this.settings = settings;
    this.store = store;
  }

  /** What became of the window. */
  record Done(Applied applied, SliceAccount account) {}

  private record Staged(List<String> parts, SliceAccount account) {}

  Done run(Dataset<Row> records, PlannedWindow window) {
    String attempt = UUID.randomUUID().toString();
    Staged staged =
        window.empty()
            ? new Staged(List.of(), new SliceAccount())
            : stage(records.toJavaRDD(), window, attempt);
    return new Done(store.apply(commit(window, attempt, staged)), staged.account());
  }

  private WindowCommit commit(PlannedWindow window, String attempt, Staged staged) {
    return new WindowCommit(
        window.start(),
        window.end(),
        attempt,
        settings.writerToken(),
        staged.parts(),
        staged.account().chunks(),
        staged.account().duplicateLines());
  }

  private Staged stage(JavaRDD<Row> rows, PlannedWindow window, String attempt) {
    JavaRDD<StreamedRecord> records = rows.map(StreamedRecord::of);
    Staged staged = stage(settings, records, window.start(), attempt);
    if (!staged.account().repeats()) {
      return staged;
    }
    log.info("Window {}: a chunk came by two shards; counting by chunk", window.start());
    return stage(settings, byChunk(records, settings.partitions()), window.start(), attempt);
  }

  private static JavaRDD<StreamedRecord> byChunk(JavaRDD<StreamedRecord> records, int partitions) {
    return records
        .mapToPair(
            r ->
                new Tuple2<>(
                    identity(r),
                    new Tuple3<>(
                        new Tuple2<>(r.partitionKey(), r.arrivalMillis()),
                        r.sequenceNumber(),
                        r.data())))
        .partitionBy(new HashPartitioner(partitions))
        .values()
        .map(t -> new StreamedRecord(t._1()._1(), t._1()._2(), t._2(), t._3()));
  }

  private static String identity(StreamedRecord record) {
    try {
      return new Unpacker("EnrichedLog").unpack(record.data()).id().toString();
    } catch (CorruptRecordException e) {
      ChunkId named = record.named();
      return named == null ? "" : named.toString(); // rejected wherever it is counted
    }
  }

  private static Staged stage(
      AggregateSettings settings, JavaRDD<StreamedRecord> records, Instant window, String attempt) {
    List<Tuple2<String, byte[]>> results =
        records
            .mapPartitionsToPair(slice -> count(settings, slice))
            .repartitionAndSortWithinPartitions(new HashPartitioner(settings.partitions()))
            .mapPartitions(sorted -> stage(settings, window, attempt, sorted))
            .collect();
    List<String> parts = new ArrayList<>();
    SliceAccount account = new SliceAccount();
    for (Tuple2<String, byte[]> result : results) {
      if (result._1().equals(PART)) {
        parts.add(new String(result._2(), StandardCharsets.UTF_8));
      } else {
        account = account.plus(SliceAccount.decode(result._2()));
      }
    }
    return new Staged(parts, account);
  }

  private static Iterator<Tuple2<String, byte[]>> count(
      AggregateSettings settings, Iterator<StreamedRecord> slice) {
    MetricStore store = settings.store().open(settings.reports());
    return new SliceCount(
        slice, settings, store::appliedAmong, RejectionOutlet.shared(settings.rejectedPipe()));
  }

  private static Iterator<Tuple2<String, byte[]>> stage(
      AggregateSettings settings,
      Instant window,
      String attempt,
      Iterator<Tuple2<String, byte[]>> sorted) {
    AfterAccounts rest = new AfterAccounts(sorted);
    GroupedDeltas deltas = new GroupedDeltas(rest, settings.reports());
    List<Tuple2<String, byte[]>> results = new ArrayList<>();
    rest.accounts().forEach(account -> results.add(new Tuple2<>(SliceCount.ACCOUNT, account)));
    if (deltas.hasNext()) {
      String part = settings.store().open(settings.reports()).stage(window, attempt, deltas);
      results.add(new Tuple2<>(PART, part.getBytes(StandardCharsets.UTF_8)));
    }
    return results.iterator();
  }
}
