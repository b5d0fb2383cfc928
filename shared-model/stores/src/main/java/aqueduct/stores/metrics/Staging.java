// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.metrics.Measures;
import aqueduct.metrics.MetricDelta;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.UUID;

/** Deltas -> rows by COPY: of the staging table, or of a draft generation. */
final class Staging {
  private static final String COLUMNS =
      "report, bucket_start, dimensions, " + String.join(", ", MetricTable.MEASURES) + ")";

  private Staging() {}

  /** Returns the new part's id. Parts that no window named are swept after a day. */
  static String copy(Connection connection, Iterator<MetricDelta> deltas) throws SQLException {
    String part = UUID.randomUUID().toString();
    Database.update(
        connection, "delete from staging where staged_at < clock_timestamp() - interval '1 day'");
    try (CopyText copy = new CopyText(connection, "staging (part, " + COLUMNS)) {
      while (deltas.hasNext()) {
        row(copy.add(part), deltas.next());
      }
      copy.end();
    }
    return part;
  }

  /** Cells of one day -> rows of its generation. */
  static void copy(
      Connection connection, LocalDate day, int generation, Iterator<MetricDelta> cells)
      throws SQLException {
    try (CopyText copy = new CopyText(connection, "metric (day, generation, " + COLUMNS)) {
      while (cells.hasNext()) {
        MetricDelta cell = cells.next();
        if (!cell.key().bucketStart().atZone(ZoneOffset.UTC).toLocalDate().equals(day)) {
          throw new IllegalArgumentException("the cell " + cell.key() + " is not of " + day);
        }
        row(copy.add(day.toString()).add(generation), cell);
      }
      copy.end();
    }
  }

  private static void row(CopyText copy, MetricDelta delta) throws SQLException {
    Measures m = delta.measures();
    copy.add(delta.key().report())
        .add(delta.key().bucketStart())
        .add(delta.key().dimensions())
        .add(m.requests())
        .add(m.pageViews())
        .add(m.bytesSent())
        .add(m.cacheHits())
        .add(m.cacheable())
        .add(m.status2xx())
        .add(m.status3xx())
        .add(m.status4xx())
        .add(m.status5xx())
        .add(m.visitors())
        .add(m.duration())
        .endRow();
  }
}
