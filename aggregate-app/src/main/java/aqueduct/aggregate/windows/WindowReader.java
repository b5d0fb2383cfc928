// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import software.amazon.awssdk.services.kinesis.model.Record;

/** The records of one shard in one window -> rows of the columns that were asked for. */
final class WindowReader implements PartitionReader<InternalRow> {
  /** Kinesis gives at most 10 MiB a page whatever is asked; see {@link ShardRecords}. */
  private static final int PAGE_RECORDS = 10_000;

  private final String shard;
  private final String[] columns;
  private final ShardRecords records;
  private InternalRow row = InternalRow.empty();

  WindowReader(WindowOptions options, StructType columns, WindowPartition window) {
    this.shard = window.shard();
    this.columns = columns.fieldNames();
    this.records = new ShardRecords(Kinesis.shared(), options.stream(), window, PAGE_RECORDS);
  }

  @Override
  public boolean next() {
    Record record = records.next();
    if (record == null) {
      return false;
    }
    row = row(record);
    return true;
  }

  private InternalRow row(Record record) {
    Object[] cells = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      cells[i] =
          switch (columns[i]) {
            case "shard" -> UTF8String.fromString(shard);
            case "sequence_number" -> UTF8String.fromString(record.sequenceNumber());
            case "arrival_millis" -> record.approximateArrivalTimestamp().toEpochMilli();
            case "partition_key" -> UTF8String.fromString(record.partitionKey());
            case "data" -> record.data().asByteArrayUnsafe();
            default -> throw new IllegalArgumentException("no column " + columns[i]);
          };
    }
    return new GenericInternalRow(cells);
  }

  @Override
  public InternalRow get() {
    return row;
  }

  /** The client belongs to the JVM. */
  @Override
  public void close() {}
}
