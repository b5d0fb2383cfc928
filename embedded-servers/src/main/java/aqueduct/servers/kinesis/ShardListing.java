// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a ListShards call asks for, also as the token of its next page.
 *
 * @param stream its name
 * @param filter a ShardFilter's type, or empty
 * @param millis of a filter by time, else 0
 * @param after only shards with a later id, or empty
 * @param most shards a page
 */
record ShardListing(String stream, String filter, long millis, String after, int most) {
  private static final long TOKEN_LIFE_MILLIS = 300_000;

  static ShardListing of(Question q, long now) {
    int most = q.number("MaxResults", 1_000, 1, 10_000);
    String token = q.text("NextToken");
    if (token != null) {
      if (q.text("StreamName") != null || q.text("StreamARN") != null) {
        throw KinesisError.invalidArgument("NextToken and StreamName cannot be provided together.");
      }
      return parse(token, most, now);
    }
    String start = q.text("ExclusiveStartShardId");
    Question filter = q.child("ShardFilter");
    String type = filter.text("Type");
    if (type == null)
      return new ShardListing(q.streamName(), "", 0, start == null ? "" : start, most);
    if (start != null) {
      throw KinesisError.invalidArgument(
          "ShardFilter and ExclusiveStartShardId cannot be provided together.");
    }
    String id = type.equals("AFTER_SHARD_ID") ? filter.requiredText("ShardId") : "";
    return new ShardListing(
        q.streamName(), type, type.endsWith("_TIMESTAMP") ? time(filter) : 0, id, most);
  }

  private static long time(Question filter) {
    Long millis = filter.millis("Timestamp");
    if (millis == null)
      throw KinesisError.invalidArgument("Timestamp must be given for this type of ShardFilter.");
    return millis;
  }

  List<ShardInfo> select(StreamInfo info, long now) {
    Predicate<ShardInfo> wanted = wanted(info.horizon(now));
    return info.shards().stream()
        .filter(s -> s.wasOpenSince(info.horizon(now)))
        .filter(s -> after.isEmpty() || s.id().compareTo(after) > 0)
        .filter(wanted)
        .toList();
  }

  private Predicate<ShardInfo> wanted(long horizon) {
    return switch (filter) {
      case "", "AFTER_SHARD_ID", "FROM_TRIM_HORIZON" -> s -> true;
      case "AT_LATEST" -> ShardInfo::isOpen;
      case "AT_TRIM_HORIZON" -> s -> s.wasOpenAt(horizon);
      case "AT_TIMESTAMP" -> s -> s.wasOpenAt(Math.max(millis, horizon));
      case "FROM_TIMESTAMP" -> s -> s.wasOpenSince(millis);
      default ->
          throw KinesisError.validation("shardFilter.type", "Member must be a type of ShardFilter");
    };
  }

  /** The token of the page after this shard. */
  String after(String lastId, long now) {
    String plain =
        String.join("|", stream, filter, Long.toString(millis), lastId, Long.toString(now));
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private static ShardListing parse(String token, int most, long now) {
    try {
      String[] parts =
          new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).split("\\|", -1);
      if (now - Long.parseLong(parts[4]) > TOKEN_LIFE_MILLIS) {
        throw new KinesisError("ExpiredNextTokenException", "NextToken is older than 300 seconds.");
      }
      return new ShardListing(parts[0], parts[1], Long.parseLong(parts[2]), parts[3], most);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw KinesisError.invalidArgument("Invalid NextToken.");
    }
  }
}
