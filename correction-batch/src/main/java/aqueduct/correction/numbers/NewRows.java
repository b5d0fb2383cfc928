// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.correction.lake.DayRows;
import aqueduct.correction.lake.LakeColumns;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Files that came to a day -> which of its numbers they touch: those of some 5-minute buckets, and
 * those of some visitors.
 */
public record NewRows(Buckets buckets, Set<Long> visitors) implements Serializable {
  public static NewRows of(
      JavaSparkContext spark, Table table, LocalDate day, List<DataFile> files) {
    NewRows all = new NewRows(Buckets.none(day), new HashSet<>());
    if (!files.isEmpty()) {
      Table here = SerializableTable.copyOf(table);
      for (NewRows some :
          spark.parallelize(files, files.size()).map(file -> read(here, day, file)).collect()) {
        all.buckets.add(some.buckets);
        all.visitors.addAll(some.visitors);
      }
    }
    return all;
  }

  private static NewRows read(Table table, LocalDate day, DataFile file) {
    NewRows found = new NewRows(Buckets.none(day), new HashSet<>());
    Schema columns = DayRows.columns(table, List.of(LakeColumns.TIME, LakeColumns.VISITOR));
    int time = DayRows.place(columns, LakeColumns.TIME);
    int visitor = DayRows.place(columns, LakeColumns.VISITOR);
    try (CloseableIterable<InternalRow> rows =
        DayRows.read(
            table,
            file,
            columns,
            day.atStartOfDay(ZoneOffset.UTC).toInstant(),
            day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())) {
      for (InternalRow row : rows) {
        found.buckets.add(row.getLong(time));
        if (!row.isNullAt(visitor)) {
          found.visitors.add(row.getLong(visitor));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.location() + " cannot be read", e);
    }
    return found;
  }
}
