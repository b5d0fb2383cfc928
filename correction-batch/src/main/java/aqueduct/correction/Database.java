// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresCorrectedDays;
import aqueduct.stores.metrics.PostgresMetricStore;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Where PostgreSQL is -> its connections, one pool per JVM: driver and executors open their own.
 */
record Database(String jdbcUrl, String user, String password) implements Serializable {
  private static final Map<Database, HikariDataSource> POOLS = new ConcurrentHashMap<>();
  private static final long SCHEMA_LOCK = 0x41715565L;

  CorrectedDays days(List<ReportSpec> reports) {
    return new PostgresCorrectedDays(pool(), reports);
  }

  MetricStore metrics(List<ReportSpec> reports) {
    return new PostgresMetricStore(pool(), reports);
  }

  DataSource pool() {
    return POOLS.computeIfAbsent(this, Database::connect);
  }

  /** Makes what is missing of the tables. */
  void createSchema(List<ReportSpec> reports) {
    MetricSchema.create(pool(), reports);
    try (Connection connection = pool().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
      statement.execute(script());
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the correction's tables cannot be made at " + this + ": " + e.getMessage(), e);
    }
  }

  private static String script() {
    try (InputStream in = Database.class.getResourceAsStream("schema.sql")) {
      if (in == null) {
        throw new IllegalStateException("schema.sql is missing from the correction's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HikariDataSource connect(Database database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl);
    config.setUsername(database.user);
    config.setPassword(database.password);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(10_000);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("socketTimeout", "600");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return new HikariDataSource(config);
  }

  static void closeAll() {
    POOLS.values().forEach(HikariDataSource::close);
    POOLS.clear();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return jdbcUrl.replaceAll("[?].*", "");
  }
}
