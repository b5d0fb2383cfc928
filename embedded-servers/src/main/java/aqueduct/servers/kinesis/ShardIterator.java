// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A place in a shard, as the text that GetShardIterator gives out.
 *
 * @param stream its name
 * @param created of that stream, so that an iterator dies with it
 * @param shard its id
 * @param from the next record's least sequence number
 * @param issued when it was given out (ms)
 */
record ShardIterator(String stream, long created, String shard, long from, long issued) {
  private static final long LIFE_MILLIS = 5 * 60_000;

  String text() {
    String plain =
        String.join(
            "|", stream, Long.toString(created), shard, Long.toString(from), Long.toString(issued));
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  static ShardIterator parse(String text, long now) {
    ShardIterator iterator;
    try {
      String[] parts =
          new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", -1);
      iterator =
          new ShardIterator(
              parts[0],
              Long.parseLong(parts[1]),
              parts[2],
              Long.parseLong(parts[3]),
              Long.parseLong(parts[4]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw KinesisError.invalidArgument("Invalid ShardIterator.");
    }
    if (now - iterator.issued > LIFE_MILLIS) {
      throw new KinesisError(
          "ExpiredIteratorException",
          "Iterator expired. The iterator was created at time "
              + iterator.issued
              + " while right now it is "
              + now
              + ", which is further in the future than the tolerated delay of "
              + LIFE_MILLIS
              + " milliseconds.");
    }
    return iterator;
  }

  ShardIterator at(long newFrom, long now) {
    return new ShardIterator(stream, created, shard, newFrom, now);
  }
}
