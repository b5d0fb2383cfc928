// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

/**
 * The shards of a stream at a time. The service itself says which were open at or after an instant,
 * so splits and merges need no lineage of ours.
 */
final class ShardList {
  private final Kinesis kinesis;
  private final String stream;

  ShardList(Kinesis kinesis, String stream) {
    this.kinesis = kinesis;
    this.stream = stream;
  }

  WindowPartition[] partitions(long from, long to) {
    return shards(from).stream()
        .map(shard -> new WindowPartition(shard, from, to))
        .toArray(WindowPartition[]::new);
  }

  private List<String> shards(long from) {
    List<String> shards = new ArrayList<>();
    ListShardsRequest request =
        ListShardsRequest.builder()
            .streamName(stream)
            .shardFilter(
                f -> f.type(ShardFilterType.FROM_TIMESTAMP).timestamp(Instant.ofEpochMilli(from)))
            .build();
    while (true) {
      ListShardsRequest page = request;
      ListShardsResponse response = kinesis.ask(client -> client.listShards(page));
      response.shards().forEach(shard -> shards.add(shard.shardId()));
      if (response.nextToken() == null) {
        return shards;
      }
      request = ListShardsRequest.builder().nextToken(response.nextToken()).build();
    }
  }

  /** How long the stream keeps a record. */
  long retentionMillis() {
    return kinesis
            .ask(client -> client.describeStreamSummary(r -> r.streamName(stream)))
            .streamDescriptionSummary()
            .retentionPeriodHours()
        * 3_600_000L;
  }

  /**
   * When the first record of {@code [from, to)} arrived, absent if none did. Once one is found that
   * arrived before {@code enough}, the other shards are not asked.
   */
  OptionalLong firstArrival(long from, long to, long enough) {
    long first = Long.MAX_VALUE;
    for (WindowPartition shard : partitions(from, to)) {
      Record record = new ShardRecords(kinesis, stream, shard, 1).next();
      if (record != null) {
        first = Math.min(first, record.approximateArrivalTimestamp().toEpochMilli());
      }
      if (first < enough) {
        break;
      }
    }
    return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
  }
}
