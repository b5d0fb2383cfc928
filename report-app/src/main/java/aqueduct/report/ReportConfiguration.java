// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresMetricStore;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Wires the page and the API to the metric store that {@code spring.datasource.*} names. */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@EnableConfigurationProperties(ReportProperties.class)
public class ReportConfiguration {

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  MetricStore reportMetricStore(DataSource dataSource) {
    MetricSchema.create(dataSource, ReportSpec.defaults()); // the page may be the first to come
    return new PostgresMetricStore(dataSource, ReportSpec.defaults());
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
  StatusController reportStatusController(MetricStore store, WindowFeed feed) {
    return new StatusController(store, feed, Clock.systemUTC());
  }

  @Bean
  PageController reportPageController(Reports reports) {
    return new PageController(reports);
  }

  @Bean
  SecurityHeaders reportSecurityHeaders() {
    return new SecurityHeaders();
  }
}
