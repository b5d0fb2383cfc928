// SPDX-License-Identifier: Apache-2.0
package aqueduct.count;

import aqueduct.logs.RecordSink;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresMetricStore;
import java.time.Clock;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Exposes the function {@code count}; the store is asked when it is first called. */
@AutoConfiguration
@EnableConfigurationProperties(CountProperties.class)
public class CountConfiguration {

  @Bean
  @Lazy
  CountFunction count(CountProperties properties, RecordSink sink) {
    return new CountFunction(store(properties), ReportSpec.defaults(), sink, Clock.systemUTC());
  }

  private static MetricStore store(CountProperties properties) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(properties.jdbcUrl());
    source.setUser(properties.user());
    source.setPassword(properties.password());
    MetricSchema.create(source, ReportSpec.defaults());
    return new PostgresMetricStore(source, ReportSpec.defaults());
  }
}
