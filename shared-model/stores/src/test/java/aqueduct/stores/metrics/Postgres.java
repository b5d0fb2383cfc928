// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.metrics.ReportSpec;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** PostgreSQL for the tests of this package, started once and emptied for each. */
final class Postgres {
  private static final EmbeddedPostgres SERVER = start();

  private Postgres() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().start(); // ends with the JVM
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static DataSource database() {
    return SERVER.getPostgresDatabase();
  }

  static DataSource empty() {
    MetricSchema.create(database(), ReportSpec.defaults()); // may be repeated
    try (Connection connection = database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "truncate metric, exact_measure, day_state, day_window, day_draft, day_draft_part, day_history,"
              + " applied_window, applied_file, staging; update writer set token = 0");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return database();
  }
}
