// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.lake;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.data.vectorized.VectorizedSparkParquetReaders;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** A parquet file of the table -> its rows, with some of the columns. */
public final class DayRows {
  private static final int BATCH = 4096;

  private DayRows() {}

  /**
   * The columns by name, in the table's order; names that the table lacks are left out. Of numbers,
   * flags and texts.
   */
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
    CloseableIterable<ColumnarBatch> batches =
        Parquet.read(table.io().newInputFile(file.location(), file.fileSizeInBytes()))
            .project(columns)
            .filter(between)
            .createBatchedReaderFunc(
                message -> VectorizedSparkParquetReaders.buildReader(columns, message, Map.of()))
            .recordsPerBatch(BATCH)
            .reuseContainers()
            .build();
    return CloseableIterable.combine(() -> new BatchRows(batches.iterator()), batches);
  }

  /** A text is only decoded where it is asked for. */
  private static final class BatchRows implements Iterator<InternalRow> {
    private final Iterator<ColumnarBatch> batches;
    private Iterator<InternalRow> rows = Collections.emptyIterator();

    BatchRows(Iterator<ColumnarBatch> batches) {
      this.batches = batches;
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && batches.hasNext()) {
        rows = batches.next().rowIterator();
      }
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return rows.next();
    }
  }

  /** Where a column is in the rows. */
  public static int place(Schema columns, String name) {
    return columns.columns().indexOf(columns.findField(name));
  }

  /** The first and the last event's time, in microseconds since the epoch. */
  public record Times(long first, long last) {}

  /** Of the rows of a file, as its statistics say. */
  public static Times times(DataFile file) {
    return new Times(
        bound(file.lowerBounds(), Long.MIN_VALUE), bound(file.upperBounds(), Long.MAX_VALUE));
  }

  private static long bound(@Nullable Map<Integer, ByteBuffer> bounds, long unknown) {
    ByteBuffer bound = bounds == null ? null : bounds.get(LakeColumns.TIME_ID);
    return bound == null
        ? unknown
        : Conversions.fromByteBuffer(Types.TimestampType.withZone(), bound);
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }
}
