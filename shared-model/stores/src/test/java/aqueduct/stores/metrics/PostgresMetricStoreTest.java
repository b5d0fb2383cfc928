// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.contracts.MetricStoreContract;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresMetricStoreTest extends MetricStoreContract {
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Override
  protected MetricStore newStore() {
    DataSource database = postgres.getPostgresDatabase();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema public cascade; create schema public");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    MetricSchema.create(database, ReportSpec.defaults());
    MetricSchema.create(database, ReportSpec.defaults()); // may be repeated
    return new PostgresMetricStore(database, ReportSpec.defaults());
  }
}
