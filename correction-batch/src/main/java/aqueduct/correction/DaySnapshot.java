// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.raw.RawFile;
import aqueduct.enrichment.DatasetCatalogue;
import aqueduct.enrichment.DatasetVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import javax.sql.DataSource;

/** What a day's version is made from -> rows that still say so when everything else has changed. */
final class DaySnapshot {
  private final DataSource database;
  private final DatasetCatalogue catalogue;

  DaySnapshot(DataSource database, DatasetCatalogue catalogue) {
    this.database = database;
    this.catalogue = catalogue;
  }

  /** Notes which version of each dataset answers for the day. */
  void datasets(LocalDate day) {
    write(
        "insert into correction.day_dataset (day, name, version, sha256, size, licence, retention)"
            + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
        insert -> {
          for (String name : catalogue.names()) {
            DatasetVersion version = catalogue.versionFor(name, day).orElse(null);
            if (version != null) {
              insert.setObject(1, day);
              insert.setString(2, name);
              insert.setObject(3, version.date());
              insert.setString(4, version.sha256());
              insert.setLong(5, version.size());
              insert.setString(6, version.licence());
              insert.setString(7, version.retention());
              insert.addBatch();
            }
          }
        });
  }

  /** Notes the raw files: those that come later are for a later version. */
  void manifest(DayPlan plan) {
    write(
        "insert into correction.manifest values (?, ?, ?) on conflict do nothing",
        insert -> {
          for (RawFile file : plan.files()) {
            insert.setObject(1, plan.day());
            insert.setString(2, plan.attempt());
            insert.setLong(3, file.fileId());
            insert.addBatch();
          }
        });
  }

  private interface Rows {
    void fill(PreparedStatement insert) throws SQLException;
  }

  private void write(String sql, Rows rows) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      rows.fill(insert);
      insert.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the correction's notes cannot be written: " + e.getMessage(), e);
    }
  }
}
