// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import aqueduct.arbiter.clusters.ClusterBackend;
import aqueduct.arbiter.clusters.SpotPrices;
import aqueduct.arbiter.decision.Arbiter;
import aqueduct.arbiter.decision.Limits;
import aqueduct.arbiter.memory.ArbiterTable;
import aqueduct.arbiter.memory.DynamoDbJournal;
import aqueduct.arbiter.memory.DynamoDbLease;
import aqueduct.metrics.Writers;
import aqueduct.stores.writers.PostgresWriters;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Settings -> the loop on its own thread. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArbiterProperties.class)
@Import(BackendConfiguration.class)
class ArbiterConfiguration {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Bean
  ArbiterMeters arbiterMeters(MeterRegistry registry) {
    return new ArbiterMeters(registry, Clock.systemUTC());
  }

  @Bean
  ArbiterHealth arbiterHealth(ArbiterMeters meters, ArbiterProperties properties) {
    return new ArbiterHealth(meters, properties.every());
  }

  @Bean(destroyMethod = "close")
  DynamoDbClient arbiterDynamoDb() {
    return DynamoDbClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(PATIENCE).socketTimeout(PATIENCE))
        .overrideConfiguration(c -> c.apiCallTimeout(PATIENCE.multipliedBy(2)))
        .build();
  }

  @Bean
  Writers arbiterWriters(ArbiterProperties properties) {
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl(properties.jdbcUrl());
    source.setUsername(properties.user());
    source.setPassword(properties.password());
    source.setMaximumPoolSize(2);
    source.setMinimumIdle(0);
    source.setConnectionTimeout(PATIENCE.toMillis());
    source.setInitializationFailTimeout(-1);
    source.addDataSourceProperty("socketTimeout", Long.toString(PATIENCE.toSeconds()));
    return new PostgresWriters(source);
  }

  @Bean(destroyMethod = "close")
  ArbiterThread arbiterThread(
      ArbiterProperties properties,
      DynamoDbClient arbiterDynamoDb,
      Writers arbiterWriters,
      ClusterBackend backend,
      ObjectProvider<SpotPrices> prices,
      ArbiterMeters meters) {
    ArbiterTable table = new ArbiterTable(arbiterDynamoDb, properties.table());
    String name = name(properties);
    Limits limits = properties.limits();
    ArbiterLoop loop =
        new ArbiterLoop(
            name,
            properties.dryRun(),
            new ArbiterLoop.Parts(
                limits,
                new Arbiter(limits),
                new DynamoDbLease(table, name, properties.lease(), System::nanoTime),
                new DynamoDbJournal(table),
                new Observer(
                    backend,
                    arbiterWriters,
                    prices.getIfAvailable(() -> Map::of),
                    Clock.systemUTC()),
                backend,
                meters));
    return ArbiterThread.start(loop, table, properties.every());
  }

  /** Unlike any other, also unlike that of the process which ran before. */
  private static String name(ArbiterProperties properties) {
    String own = properties.name().isEmpty() ? host() : properties.name();
    return own + "/" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException e) {
      return "arbiter";
    }
  }
}
