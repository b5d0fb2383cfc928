// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Who was erased, kept: an id of 64 bits that leads to nobody without the events. */
final class TombstoneTable {
  private final DataSource database;

  TombstoneTable(DataSource database) {
    this.database = database;
  }

  /** Those whose events of the day must not come back. */
  Tombstones of(LocalDate day) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select visitor_id, day is not null from correction.tombstone where day is null or day = ?")) {
      select.setObject(1, day);
      Set<Long> visitors = new HashSet<>();
      boolean lower = false;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          visitors.add(row.getLong(1));
          lower |= row.getBoolean(2);
        }
      }
      return new Tombstones(visitors, lower);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Of some days; none: of every day. */
  void add(List<Long> visitors, List<LocalDate> days, String who, String why) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into correction.tombstone (visitor_id, day, who, why) values (?, ?, ?, ?) on conflict do nothing")) {
      for (long visitor : visitors) {
        if (days.isEmpty()) {
          add(insert, visitor, null, who, why);
        }
        for (LocalDate day : days) {
          add(insert, visitor, day, who, why);
        }
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static void add(
      PreparedStatement insert, long visitor, @Nullable LocalDate day, String who, String why)
      throws SQLException {
    insert.setLong(1, visitor);
    insert.setObject(2, day);
    insert.setString(3, who);
    insert.setString(4, why);
    insert.addBatch();
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException(
        "the list of who was erased cannot be used: " + e.getMessage(), e);
  }
}
