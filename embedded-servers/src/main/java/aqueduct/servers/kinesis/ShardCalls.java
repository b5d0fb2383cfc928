// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Operations on the shards of a stream. */
final class ShardCalls {
  private final DataStreams streams;
  private final String region;

  ShardCalls(DataStreams streams, String region) {
    this.streams = streams;
    this.region = region;
  }

  void register(Map<String, Call> calls) {
    calls.put("ListShards", this::list);
    calls.put("SplitShard", this::split);
    calls.put("MergeShards", this::merge);
    calls.put("UpdateShardCount", this::resize);
  }

  private void list(Question q, Answer a) throws IOException {
    ShardListing listing = ShardListing.of(q, streams.clock().millis());
    StreamInfo stream = streams.get(listing.stream()).info();
    List<ShardInfo> rest = listing.select(stream, streams.clock().millis());
    List<ShardInfo> page = rest.subList(0, Math.min(listing.most(), rest.size()));
    a.array("Shards");
    for (ShardInfo shard : page) write(shard, a);
    a.endArray();
    if (page.size() < rest.size()) {
      a.text("NextToken", listing.after(page.get(page.size() - 1).id(), streams.clock().millis()));
    }
  }

  private void split(Question q, Answer a) throws IOException {
    String shard = q.requiredText("ShardToSplit");
    BigInteger at = hashKey(q.requiredText("NewStartingHashKey"), "newStartingHashKey");
    streams.get(q.streamName()).change(i -> streams.reshard().split(i, shard, at));
  }

  private void merge(Question q, Answer a) throws IOException {
    String shard = q.requiredText("ShardToMerge");
    String adjacent = q.requiredText("AdjacentShardToMerge");
    streams.get(q.streamName()).change(i -> streams.reshard().merge(i, shard, adjacent));
  }

  private void resize(Question q, Answer a) throws IOException {
    DataStream stream = streams.get(q.streamName());
    int target = q.number("TargetShardCount", 0, 1, 20_000);
    int current = stream.info().openShards().size();
    if (target > 2 * current || 2 * target < current) {
      throw KinesisError.invalidArgument(
          "UpdateShardCount cannot scale to more than double or less than half of the current "
              + current
              + " open shards: "
              + target
              + " was asked for.");
    }
    stream.change(i -> streams.reshard().resize(i, target));
    a.text("StreamName", stream.info().name())
        .text("StreamARN", StreamArn.of(region, stream.info().name()));
    a.number("CurrentShardCount", current).number("TargetShardCount", target);
  }

  static BigInteger hashKey(String text, String member) {
    if (!text.matches("0|[1-9][0-9]{0,38}")) {
      throw KinesisError.validation(
          member, "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})");
    }
    BigInteger key = new BigInteger(text);
    if (key.compareTo(HashRange.MAX) > 0)
      throw KinesisError.invalidArgument(member + " must be less than 2^128.");
    return key;
  }

  static void write(ShardInfo shard, Answer a) throws IOException {
    a.object().text("ShardId", shard.id()).text("ParentShardId", shard.parent());
    a.text("AdjacentParentShardId", shard.adjacentParent());
    range(shard, a).object("SequenceNumberRange");
    a.text("StartingSequenceNumber", SequenceNumber.text(shard.start()));
    @Nullable Long end = shard.end();
    if (end != null) a.text("EndingSequenceNumber", SequenceNumber.text(end));
    a.end().end();
  }

  /** As GetRecords tells it at the end of a closed shard. */
  static void writeChildren(StreamInfo stream, ShardInfo parent, Answer a) throws IOException {
    a.array("ChildShards");
    for (ShardInfo child : stream.shards()) {
      if (!child.isChildOf(parent)) continue;
      List<String> parents =
          java.util.stream.Stream.of(child.parent(), child.adjacentParent())
              .filter(Objects::nonNull)
              .toList();
      range(child, a.object().text("ShardId", child.id()).texts("ParentShards", parents)).end();
    }
    a.endArray();
  }

  private static Answer range(ShardInfo shard, Answer a) throws IOException {
    return a.object("HashKeyRange")
        .text("StartingHashKey", shard.range().from().toString())
        .text("EndingHashKey", shard.range().to().toString())
        .end();
  }
}
