// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.lake;

import java.io.IOException;
import java.time.LocalDate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of one day -> one parquet file, which is part of the table only once it is committed. The
 * same rows in the same order give the same bytes. Written anew if it is there: only an attempt
 * that came to nothing can have left it.
 */
public final class DayFile implements AutoCloseable {
  private final DataWriter<InternalRow> writer;

  public DayFile(Table table, LocalDate day, String name) throws IOException {
    PartitionData partition = new PartitionData(table.spec().partitionType());
    partition.set(0, Math.toIntExact(day.toEpochDay()));
    OutputFile file =
        table
            .io()
            .newOutputFile(
                table
                    .locationProvider()
                    .newDataLocation(table.spec(), partition, name + ".parquet"));
    Schema schema = table.schema();
    StructType struct = SparkSchemaUtil.convert(schema);
    writer =
        Parquet.writeData(file)
            .forTable(table)
            .withSpec(table.spec())
            .withPartition(partition)
            .createWriterFunc((any, message) -> SparkParquetWriters.buildWriter(struct, message))
            .overwrite()
            .build();
  }

  public void add(InternalRow row) {
    writer.write(row);
  }

  /** Ends the file. */
  @Override
  public void close() throws IOException {
    writer.close();
  }

  /** The file, once it is ended. */
  public DataFile file() {
    return writer.toDataFile();
  }
}
