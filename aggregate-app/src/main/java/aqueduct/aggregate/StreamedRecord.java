// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** One Kinesis record as it is shuffled. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StreamedRecord(long arrivalMillis, String sequenceNumber, byte[] data)
    implements Serializable {

  static StreamedRecord of(Row row) {
    return new StreamedRecord(
        row.getLong(row.fieldIndex("arrival_millis")),
        row.getString(row.fieldIndex("sequence_number")),
        row.getAs("data"));
  }
}
