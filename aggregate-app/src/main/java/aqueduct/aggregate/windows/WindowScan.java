// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.time.Clock;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;

/**
 * One read of the source, as a stream of windows or as one window of a batch job. Only the columns
 * asked for are made.
 */
final class WindowScan implements ScanBuilder, SupportsPushDownRequiredColumns, Scan {
  private final WindowOptions options;
  private StructType columns;

  WindowScan(WindowOptions options, StructType columns) {
    this.options = options;
    this.columns = columns;
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  @Override
  public Scan build() {
    return this;
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
    return new WindowStream(options, columns, Kinesis.shared(), Clock.systemUTC());
  }

  @Override
  public Batch toBatch() {
    if (options.fromMillis() < 0 || options.toMillis() <= options.fromMillis()) {
      throw new IllegalArgumentException(
          "a batch read needs the options fromMillis and toMillis, from before to");
    }
    return new Batch() {
      @Override
      public InputPartition[] planInputPartitions() {
        return new ShardList(Kinesis.shared(), options.stream())
            .partitions(options.fromMillis(), options.toMillis());
      }

      @Override
      public PartitionReaderFactory createReaderFactory() {
        return new WindowReaderFactory(options, columns);
      }
    };
  }
}
