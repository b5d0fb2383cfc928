// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import aqueduct.metrics.Writers;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresMetricStore;
import aqueduct.stores.metrics.dynamodb.DynamoDbMetricStore;
import aqueduct.stores.writers.PostgresWriters;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Where the metric store is -> the store, one per JVM: the driver and every executor open their
 * own.
 *
 * @param dynamoDbTable empty: in PostgreSQL, else in this DynamoDB table and the others mean
 *     nothing
 */
record StoreSettings(String jdbcUrl, String user, String password, String dynamoDbTable)
    implements Serializable {
  private static final Map<StoreSettings, HikariDataSource> POOLS = new ConcurrentHashMap<>();
  private static final Map<String, DynamoDbClient> CLIENTS = new ConcurrentHashMap<>();

  /** In PostgreSQL. */
  StoreSettings(String jdbcUrl, String user, String password) {
    this(jdbcUrl, user, password, "");
  }

  MetricStore open(List<ReportSpec> reports) {
    return dynamoDbTable.isEmpty() ? new PostgresMetricStore(pool(), reports) : dynamoDb(reports);
  }

  void createSchema(List<ReportSpec> reports) {
    if (dynamoDbTable.isEmpty()) {
      MetricSchema.create(pool(), reports);
    } else {
      dynamoDb(reports).createTable();
    }
  }

  private DynamoDbMetricStore dynamoDb(List<ReportSpec> reports) {
    return new DynamoDbMetricStore(client(), dynamoDbTable, reports, Clock.systemUTC());
  }

  /** For the endpoint that the SDK's own settings name. */
  private static DynamoDbClient client() {
    return CLIENTS.computeIfAbsent(
        System.getProperty("aws.endpointUrlDynamodb", ""),
        endpoint ->
            DynamoDbClient.builder()
                .httpClientBuilder(
                    UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofMinutes(1)))
                .build());
  }

  /** The writers' signs of life, with its table made where it is missing; none in DynamoDB. */
  Optional<Writers> writers() {
    if (!dynamoDbTable.isEmpty()) {
      return Optional.empty();
    }
    PostgresWriters writers = new PostgresWriters(pool());
    writers.createSchema();
    return Optional.of(writers);
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
    return "metric store at "
        + (dynamoDbTable.isEmpty()
            ? jdbcUrl.replaceAll("[?].*", "")
            : "DynamoDB table " + dynamoDbTable);
  }
}
