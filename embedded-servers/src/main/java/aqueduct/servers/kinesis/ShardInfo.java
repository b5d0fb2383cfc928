// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a shard apart from its records.
 *
 * @param id shardId-000000000000 and on, in the order of their making
 * @param parent the shard that was split or merged into this one, while known
 * @param adjacentParent the other one of a merge
 * @param range its hash keys
 * @param start its records have sequence numbers from here
 * @param end to here, once it is closed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShardInfo(
    String id,
    @Nullable String parent,
    @Nullable String adjacentParent,
    HashRange range,
    long start,
    @Nullable Long end) {

  @JsonIgnore
  boolean isOpen() {
    return end == null;
  }

  ShardInfo closed(long at) {
    return new ShardInfo(id, parent, adjacentParent, range, start, at);
  }

  boolean isChildOf(ShardInfo other) {
    return other.id.equals(parent) || other.id.equals(adjacentParent);
  }

  /**
   * Whether it could take a record at this millisecond; before there was any shard, the first ones
   * count.
   */
  boolean wasOpenAt(long millis) {
    return (parent == null || SequenceNumber.arrival(start) <= millis) && wasOpenSince(millis);
  }

  boolean wasOpenSince(long millis) {
    return end == null || SequenceNumber.arrival(end) >= millis;
  }
}
