// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresCorrectedDays;
import aqueduct.stores.metrics.PostgresMetricStore;
import aqueduct.stores.metrics.dynamodb.DynamoDbMetricStore;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Wires the page and the API to the metric store: the database that {@code spring.datasource.*}
 * names, or the table that {@code aqueduct.report.dynamodb-table} does.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@EnableConfigurationProperties(ReportProperties.class)
public class ReportConfiguration {
  private static final String IN_POSTGRES = "'${aqueduct.report.dynamodb-table:}' == ''";

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  MetricStore reportMetricStore(
      ObjectProvider<DataSource> database,
      ObjectProvider<DynamoDbClient> dynamo,
      ReportProperties properties) {
    if (!properties.dynamodbTable().isEmpty()) {
      DynamoDbMetricStore store =
          new DynamoDbMetricStore(
              dynamo.getObject(),
              properties.dynamodbTable(),
              ReportSpec.defaults(),
              Clock.systemUTC());
      store.createTable();
      return store;
    }
    // The page may be the first to come.
    MetricSchema.create(database.getObject(), ReportSpec.defaults());
    return new PostgresMetricStore(database.getObject(), ReportSpec.defaults());
  }

  /** What a store without generations lacks. */
  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnExpression(IN_POSTGRES)
  CorrectedDays reportCorrectedDays(DataSource database) {
    return new PostgresCorrectedDays(database, ReportSpec.defaults());
  }

  @Bean
  Reports reports(MetricStore store, ReportProperties properties) {
    return new Reports(store, List.copyOf(ReportSpec.defaults()), properties.maxRows());
  }

  @Bean(destroyMethod = "close")
  WindowFeed reportWindowFeed(MetricStore store, ReportProperties properties) {
    return new WindowFeed(store, properties.poll());
  }

  @Bean
  ReportController reportController(Reports reports) {
    return new ReportController(reports);
  }

  @Bean
  Status reportStatus(MetricStore store, ObjectProvider<CorrectedDays> days) {
    return new Status(store, days.getIfAvailable(), Clock.systemUTC());
  }

  @Bean
  StatusController reportStatusController(Status status, WindowFeed feed) {
    return new StatusController(status, feed);
  }

  @Bean
  PageController reportPageController(Reports reports, Status status) {
    return new PageController(reports, status);
  }

  @Bean
  Problems reportProblems() {
    return new Problems();
  }

  @Bean
  SecurityHeaders reportSecurityHeaders() {
    return new SecurityHeaders();
  }
}
