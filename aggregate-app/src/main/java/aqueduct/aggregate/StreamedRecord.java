// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.logs.ChunkId;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** One Kinesis record as the source gives it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StreamedRecord(String partitionKey, long arrivalMillis, String sequenceNumber, byte[] data) {
  /** The source's columns that are needed, in the order of {@link #of}. */
  static final String[] COLUMNS = {"partition_key", "arrival_millis", "sequence_number", "data"};

  static StreamedRecord of(Row row) {
    return new StreamedRecord(row.getString(0), row.getLong(1), row.getString(2), row.getAs(3));
  }

  /** The chunk that the partition key names; null if another producer chose the key. */
  @Nullable ChunkId named() {
    try {
      return ChunkId.parse(partitionKey);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
