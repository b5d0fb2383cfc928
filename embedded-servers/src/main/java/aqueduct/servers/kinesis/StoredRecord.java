// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.time.Instant;

/**
 * A record as it lies in a shard's files.
 *
 * @param shard id of its shard
 * @param sequence its place: rises over all shards of the stream
 * @param partitionKey as the producer gave it
 * @param data the payload, not a copy
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredRecord(String shard, long sequence, String partitionKey, byte[] data) {
  /** As the protocol writes it. */
  public String sequenceNumber() {
    return SequenceNumber.text(sequence);
  }

  /** When the server took it (ms). */
  public Instant arrival() {
    return Instant.ofEpochMilli(SequenceNumber.arrival(sequence));
  }
}
