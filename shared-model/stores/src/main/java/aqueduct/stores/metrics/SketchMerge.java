// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.metrics.Measures;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Sketches of staged cells that exist already -> merged sketches in staging, since PostgreSQL
 * cannot merge them.
 */
final class SketchMerge {
  private static final String BOTH =
      "select s.ctid::text, s.visitors, m.visitors, s.duration, m.duration from staging s join metric m on"
          + " m.report = s.report and m.day = (s.bucket_start at time zone 'UTC')::date and m.generation = 0"
          + " and m.bucket_start = s.bucket_start and m.dimensions = s.dimensions"
          + " where s.part = any(?) and (m.visitors is not null or m.duration is not null)";

  private SketchMerge() {}

  static void intoStaging(Connection connection, Array parts) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BOTH);
        PreparedStatement update =
            connection.prepareStatement(
                "update staging set visitors = ?, duration = ? where ctid = ?::tid")) {
      select.setArray(1, parts);
      int batched = 0;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Measures sum =
              sketches(row.getBytes(2), row.getBytes(4))
                  .plus(sketches(row.getBytes(3), row.getBytes(5)));
          update.setBytes(1, sum.visitors());
          update.setBytes(2, sum.duration());
          update.setString(3, row.getString(1));
          update.addBatch();
          if (++batched % 1000 == 0) {
            update.executeBatch();
          }
        }
      }
      update.executeBatch();
    }
  }

  private static Measures sketches(byte @Nullable [] visitors, byte @Nullable [] duration) {
    return new Measures(0, 0, 0, 0, 0, 0, 0, 0, 0, visitors, duration);
  }
}
