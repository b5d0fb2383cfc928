// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresMetricStore;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the metric store is -> the store, one per JVM: the driver and every executor open their
 * own.
 */
record StoreSettings(String jdbcUrl, String user, String password) implements Serializable {
  private static final Map<StoreSettings, HikariDataSource> POOLS = new ConcurrentHashMap<>();

  MetricStore open(List<ReportSpec> reports) {
    return new PostgresMetricStore(pool(), reports);
  }

  void createSchema(List<ReportSpec> reports) {
    MetricSchema.create(pool(), reports);
  }

  private HikariDataSource pool() {
    return POOLS.computeIfAbsent(this, StoreSettings::connect);
  }

  private static HikariDataSource connect(StoreSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.jdbcUrl);
    config.setUsername(settings.user);
    config.setPassword(settings.password);
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(10_000);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("socketTimeout", "120");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return new HikariDataSource(config);
  }

  static void closeAll() {
    POOLS.values().forEach(HikariDataSource::close);
    POOLS.clear();
  }

  @Override
  public String toString() {
    return "metric store at " + jdbcUrl.replaceAll("[?].*", "");
  }
}
