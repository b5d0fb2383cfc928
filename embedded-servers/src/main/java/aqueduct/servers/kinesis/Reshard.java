// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stream's shards -> its shards after a split, a merge, or the steps that lead to a number of
 * equal shards.
 */
final class Reshard {
  private final SequenceClock clock;

  Reshard(SequenceClock clock) {
    this.clock = clock;
  }

  StreamInfo first(StreamInfo stream, int count) {
    StreamInfo made = stream;
    for (HashRange part : HashRange.parts(count)) made = grow(made, null, null, part);
    return made;
  }

  StreamInfo split(StreamInfo stream, String id, BigInteger at) {
    ShardInfo shard = open(stream, id);
    if (!shard.range().contains(at) || at.equals(shard.range().from())) {
      throw KinesisError.invalidArgument(
          "NewStartingHashKey "
              + at
              + " used in SplitShard() on shard "
              + id
              + " in stream "
              + stream.name()
              + " is not both greater than one plus the shard's StartingHashKey and less than its EndingHashKey.");
    }
    StreamInfo closed = close(stream, shard);
    return grow(grow(closed, id, null, shard.range().below(at)), id, null, shard.range().since(at));
  }

  StreamInfo merge(StreamInfo stream, String id, String adjacentId) {
    ShardInfo shard = open(stream, id);
    ShardInfo adjacent = open(stream, adjacentId);
    if (!shard.range().isAdjacentTo(adjacent.range())) {
      throw KinesisError.invalidArgument(
          "Shards "
              + id
              + " and "
              + adjacentId
              + " in stream "
              + stream.name()
              + " are not adjacent.");
    }
    StreamInfo closed = close(close(stream, shard), adjacent);
    return grow(closed, id, adjacentId, shard.range().plus(adjacent.range()));
  }

  /**
   * Splits at every border to come, then merges what has none between: as AWS does it, with
   * short-lived shards.
   */
  StreamInfo resize(StreamInfo stream, int count) {
    StreamInfo now = stream;
    List<HashRange> parts = HashRange.parts(count);
    for (HashRange part : parts) {
      for (ShardInfo shard : now.openShards()) {
        if (shard.range().contains(part.from()) && !shard.range().from().equals(part.from())) {
          now = split(now, shard.id(), part.from());
        }
      }
    }
    for (HashRange part : parts) {
      for (List<ShardInfo> in = within(now, part); in.size() > 1; in = within(now, part)) {
        now = merge(now, in.get(0).id(), in.get(1).id());
      }
    }
    return now;
  }

  private static List<ShardInfo> within(StreamInfo stream, HashRange part) {
    return stream.openShards().stream()
        .filter(s -> part.contains(s.range()))
        .sorted(Comparator.comparing(s -> s.range().from()))
        .toList();
  }

  private static ShardInfo open(StreamInfo stream, String id) {
    ShardInfo shard = stream.shard(id);
    if (!shard.isOpen()) {
      throw KinesisError.inUse(
          "Shard " + id + " in stream " + stream.name() + " is not open but CLOSED.");
    }
    return shard;
  }

  private StreamInfo close(StreamInfo stream, ShardInfo shard) {
    long end = clock.next();
    return stream.with(
        stream.shards().stream().map(s -> s.equals(shard) ? s.closed(end) : s).toList(),
        stream.nextShard());
  }

  private StreamInfo grow(
      StreamInfo stream,
      @Nullable String parent,
      @Nullable String adjacentParent,
      HashRange range) {
    String id = String.format(Locale.ROOT, "shardId-%012d", stream.nextShard());
    List<ShardInfo> shards = new ArrayList<>(stream.shards());
    shards.add(new ShardInfo(id, parent, adjacentParent, range, clock.next(), null));
    return stream.with(List.copyOf(shards), stream.nextShard() + 1);
  }
}
