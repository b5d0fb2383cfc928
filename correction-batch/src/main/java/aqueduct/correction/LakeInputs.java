// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Which raw file's events of a day lie in which file of the lake. Written before the lake's commit,
 * and true only where that file is part of the table: so both change at one stroke.
 */
final class LakeInputs {
  private final DataSource database;

  LakeInputs(DataSource database) {
    this.database = database;
  }

  /**
   * One raw file's share of one file of the lake.
   *
   * @param path empty if the raw file has no event of the day
   */
  record Input(long fileId, String path, long rows, long future) implements Serializable {}

  /** What the day holds, given the paths that are part of the table. */
  List<Input> of(LocalDate day, Set<String> live) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select file_id, path, rows, future from correction.lake_input where day = ?")) {
      select.setObject(1, day);
      List<Input> inputs = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Input input = new Input(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4));
          if (input.path.isEmpty() || live.contains(input.path)) {
            inputs.add(input);
          }
        }
      }
      return inputs;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  void add(LocalDate day, Collection<Input> inputs) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into correction.lake_input values (?, ?, ?, ?, ?) on conflict (day, file_id, path)"
                    + " do update set rows = excluded.rows, future = excluded.future")) {
      for (Input input : inputs) {
        insert.setObject(1, day);
        insert.setLong(2, input.fileId);
        insert.setString(3, input.path);
        insert.setLong(4, input.rows);
        insert.setLong(5, input.future);
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException(
        "the account of the lake cannot be used: " + e.getMessage(), e);
  }
}
