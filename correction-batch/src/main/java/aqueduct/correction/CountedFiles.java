// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.ReportSpec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/** From which files of the lake each version's numbers were counted. Kept of the newest two. */
final class CountedFiles {
  /**
   * To be raised with every change of what a number means: then no older number is gone on with.
   */
  private static final int MEANING = 1;

  private final DataSource database;
  private final String rules;

  CountedFiles(DataSource database, List<ReportSpec> reports, int pages) {
    this.database = database;
    this.rules = rules(reports, pages);
  }

  private static String rules(List<ReportSpec> reports, int pages) {
    String text =
        MEANING
            + " "
            + pages
            + reports.stream()
                .map(
                    report ->
                        List.of(
                            report.name(),
                            report.dimensions(),
                            report.fields(),
                            new TreeSet<>(report.sketches()),
                            report.bots(),
                            report.mostCells()))
                .toList()
                .toString();
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * Notes what a draft's numbers were counted from. {@code before} is the newest version's attempt.
   */
  void note(Draft draft, String before, Collection<String> paths) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from correction.counted_file where day = ? and attempt <> ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into correction.counted_file (day, attempt, rules, path) values (?, ?, ?, ?)"
                    + " on conflict (day, attempt, path) do update set rules = excluded.rules")) {
      connection.setAutoCommit(false);
      delete.setObject(1, draft.day());
      delete.setString(2, before);
      delete.executeUpdate();
      for (String path : paths) {
        insert.setObject(1, draft.day());
        insert.setString(2, draft.attempt());
        insert.setString(3, rules);
        insert.setString(4, path);
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** What that attempt's numbers were counted from by today's reports; empty if that is unknown. */
  Set<String> of(LocalDate day, String attempt) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select path from correction.counted_file where day = ? and attempt = ? and rules = ?")) {
      select.setObject(1, day);
      select.setString(2, attempt);
      select.setString(3, rules);
      Set<String> paths = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          paths.add(row.getString(1));
        }
      }
      return paths;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException(
        "the account of counted files cannot be used: " + e.getMessage(), e);
  }
}
