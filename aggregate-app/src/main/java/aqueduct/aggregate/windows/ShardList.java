// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * The shards of a stream at a time. The service itself says which were open at or after an instant,
 * so splits and merges need no lineage of ours.
 */
final class ShardList implements AutoCloseable {
  private final WindowOptions options;
  private final KinesisClient kinesis;

  ShardList(WindowOptions options) {
    this.options = options;
    this.kinesis = options.client();
  }

  WindowPartition[] partitions(long from, long to) {
    return shards(from).stream()
        .map(shard -> new WindowPartition(shard, from, to))
        .toArray(WindowPartition[]::new);
  }

  private List<String> shards(long from) {
    List<String> shards = new ArrayList<>();
    String next = null;
    do {
      ListShardsRequest.Builder request = ListShardsRequest.builder();
      if (next == null) {
        request
            .streamName(options.stream())
            .shardFilter(
                filter ->
                    filter
                        .type(ShardFilterType.FROM_TIMESTAMP)
                        .timestamp(Instant.ofEpochMilli(from)));
      } else {
        request.nextToken(next);
      }
      ListShardsResponse response = uninterrupted(() -> kinesis.listShards(request.build()));
      response.shards().forEach(shard -> shards.add(shard.shardId()));
      next = response.nextToken();
    } while (next != null);
    return shards;
  }

  /** Where the stream's memory starts: what arrived before is gone. */
  long horizon() {
    int hours =
        uninterrupted(
                () ->
                    kinesis.describeStreamSummary(request -> request.streamName(options.stream())))
            .streamDescriptionSummary()
            .retentionPeriodHours();
    return System.currentTimeMillis() - hours * 3_600_000L;
  }

  /** When the first record at or after {@code from} arrived; absent if there is none yet. */
  OptionalLong firstArrival(long from) {
    return shards(from).stream().flatMapToLong(shard -> firstArrival(shard, from).stream()).min();
  }

  private OptionalLong firstArrival(String shard, long from) {
    String iterator =
        uninterrupted(
            () ->
                kinesis
                    .getShardIterator(
                        request ->
                            request
                                .streamName(options.stream())
                                .shardId(shard)
                                .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                .timestamp(Instant.ofEpochMilli(from)))
                    .shardIterator());
    while (iterator != null) {
      String at = iterator;
      GetRecordsResponse page =
          uninterrupted(() -> kinesis.getRecords(request -> request.shardIterator(at).limit(1)));
      if (page.hasRecords() && !page.records().isEmpty()) {
        return OptionalLong.of(page.records().get(0).approximateArrivalTimestamp().toEpochMilli());
      }
      if (page.millisBehindLatest() == 0) {
        return OptionalLong.empty();
      }
      iterator = page.nextShardIterator();
    }
    return OptionalLong.empty();
  }

  /**
   * A query that is stopped interrupts the call; Spark takes only this exception for a stop and not
   * for a failure.
   */
  private static <T> T uninterrupted(Supplier<T> call) {
    try {
      return call.get();
    } catch (AbortedException e) {
      InterruptedIOException stopped = new InterruptedIOException("stopped while asking Kinesis");
      stopped.initCause(e);
      throw new UncheckedIOException(stopped);
    }
  }

  @Override
  public void close() {
    kinesis.close();
  }
}
