// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.lineage;

import aqueduct.logs.ChunkId;
import aqueduct.wire.ChunkHeader;
import java.time.Instant;

/**
 * An event where it lies on a stream.
 *
 * @param repeats records that hold the same chunk again
 * @param message the event's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Found(
    String pipe,
    String shard,
    String sequenceNumber,
    Instant arrival,
    ChunkId chunk,
    ChunkHeader header,
    int repeats,
    byte[] message) {

  Found repeated() {
    return new Found(pipe, shard, sequenceNumber, arrival, chunk, header, repeats + 1, message);
  }
}
