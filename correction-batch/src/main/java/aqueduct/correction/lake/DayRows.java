// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.lake;

import java.time.Instant;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.data.SparkParquetReaders;
import org.apache.spark.sql.catalyst.InternalRow;

/** A parquet file of the table -> its rows, with some of the columns. */
public final class DayRows {
  private DayRows() {}

  /** The columns by name, in the table's order; names that the table lacks are left out. */
  public static Schema columns(Table table, List<String> names) {
    return table.schema().select(names);
  }

  /** All rows; one row object, used again for each. */
  public static CloseableIterable<InternalRow> all(Table table, DataFile file, Schema columns) {
    return read(table, file, columns, Expressions.alwaysTrue());
  }

  /**
   * At least the rows of these times, {@code from} inclusive, {@code to} exclusive; one row object,
   * used again for each.
   */
  public static CloseableIterable<InternalRow> read(
      Table table, DataFile file, Schema columns, Instant from, Instant to) {
    Expression between =
        Expressions.and(
            Expressions.greaterThanOrEqual(LakeColumns.TIME, micros(from)),
            Expressions.lessThan(LakeColumns.TIME, micros(to)));
    return read(table, file, columns, between);
  }

  private static CloseableIterable<InternalRow> read(
      Table table, DataFile file, Schema columns, Expression between) {
    return Parquet.read(table.io().newInputFile(file.location(), file.fileSizeInBytes()))
        .project(columns)
        .filter(between)
        .createReaderFunc(message -> SparkParquetReaders.buildReader(columns, message))
        .reuseContainers()
        .build();
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }
}
