// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.FileProgress;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresMetricStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** What the clusters have written, and who of them. */
final class StoredMetrics {
  private final PGSimpleDataSource source = new PGSimpleDataSource();
  private final MetricStore store;

  StoredMetrics(String jdbcUrl) {
    source.setUrl(jdbcUrl);
    source.setUser("postgres");
    MetricSchema.create(source, ReportSpec.defaults());
    store = new PostgresMetricStore(source, ReportSpec.defaults());
  }

  /** A further database of the same server; returns its URL. */
  static String anotherDatabase(String jdbcUrl, String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return jdbcUrl.replaceAll("/[^/?]*([?]|$)", "/" + name + "$1");
  }

  long requests() {
    MetricQuery all =
        new MetricQuery(
            "traffic",
            Instant.EPOCH,
            Instant.parse("2100-01-01T00:00:00Z"),
            Grain.ALL,
            List.of(),
            Map.of());
    return store.query(all).stream().mapToLong(row -> row.measures().requests()).sum();
  }

  FileProgress progress() {
    return store.progress(Feed.FILE).orElseThrow();
  }

  long windows() {
    return number("select count(*) from applied_window");
  }

  long newestToken() {
    return number("select coalesce(max(writer_token), 0) from applied_window");
  }

  long windowsOfAWriterAfterThoseOfANewerOne() {
    return number(
        "select count(*) from applied_window a join applied_window b on a.writer_token <"
            + " b.writer_token and a.applied_at > b.applied_at");
  }

  private long number(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
