// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import static aqueduct.stores.metrics.Database.instant;
import static aqueduct.stores.metrics.Database.select;

import aqueduct.metrics.ExactMeasure;
import aqueduct.metrics.Grain;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;

/** The table of exact measures of corrected days. */
final class ExactTable {

  private ExactTable() {}

  static void copy(
      Connection connection, LocalDate day, int generation, Iterator<ExactMeasure> measures)
      throws SQLException {
    try (CopyText copy =
        new CopyText(
            connection,
            "exact_measure (day, generation, report, grain, bucket_start, dimensions, name, value)")) {
      while (measures.hasNext()) {
        ExactMeasure measure = measures.next();
        copy.add(day.toString())
            .add(generation)
            .add(measure.report())
            .add(measure.grain().text())
            .add(measure.bucketStart())
            .add(measure.dimensions())
            .add(measure.name())
            .add(measure.value())
            .endRow();
      }
      copy.end();
    }
  }

  static List<ExactMeasure> read(Connection connection, LocalDate day, int generation)
      throws SQLException {
    return select(
        connection,
        "select report, grain, bucket_start, dimensions, name, value from exact_measure"
            + " where day = ? and generation = ? order by report, grain, bucket_start, dimensions, name",
        row ->
            new ExactMeasure(
                row.getString(1),
                Grain.parse(row.getString(2)),
                instant(row, 3),
                List.of((String[]) row.getArray(4).getArray()),
                row.getString(5),
                row.getDouble(6)),
        day,
        generation);
  }
}
