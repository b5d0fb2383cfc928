// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.DatasetCatalogue;
import aqueduct.enrichment.Enricher;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.enrichment.FileDatasetCatalogue;
import aqueduct.logs.Codec;
import aqueduct.logs.RecordSink;
import io.awspring.cloud.kinesis.integration.KinesisMessageDrivenChannelAdapter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.core.MessageProducer;

/** Exposes the function {@code enrich}, and how its shards are shared out. */
@AutoConfiguration
@EnableConfigurationProperties(EnrichProperties.class)
public class EnrichConfiguration {
  private static final Logger log = LoggerFactory.getLogger(EnrichConfiguration.class);

  @Bean
  EnrichFunction enrich(
      EnrichProperties properties,
      RecordSink sink,
      ExecutorService enrichThreads,
      ObjectProvider<MeterRegistry> registry) {
    EnrichmentContext context = new EnrichmentContext(catalogue(properties), settings(properties));
    Codec codec = Codec.parse(properties.codec());
    return new EnrichFunction(
        new Quarantine(() -> new Enricher(context, codec), properties.attempts()),
        sink,
        enrichThreads,
        registry.getIfAvailable(() -> Metrics.globalRegistry));
  }

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService enrichThreads(EnrichProperties properties) {
    int threads =
        properties.threads() == 0
            ? Runtime.getRuntime().availableProcessors()
            : properties.threads();
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, "enrich");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * One instance reads every shard without locks, which cost a second per shard and poll; several
   * share them out by instance-count and instance-index.
   */
  @Bean
  ConsumerEndpointCustomizer<MessageProducer> enrichShards() {
    return (endpoint, destination, group) -> {
      if (endpoint instanceof KinesisMessageDrivenChannelAdapter adapter) {
        adapter.setLockRegistry(null);
      }
    };
  }

  private static DatasetCatalogue catalogue(EnrichProperties properties) {
    DatasetCatalogue bundled = new BundledDatasets();
    return properties.datasets().isEmpty()
        ? bundled
        : new FileDatasetCatalogue(Path.of(properties.datasets()), bundled);
  }

  private static EnrichmentSettings settings(EnrichProperties properties) {
    EnrichmentSettings defaults = EnrichmentSettings.defaults();
    if (properties.visitorSecret().isEmpty()) {
      log.warn(
          "aqueduct.enrich.visitor-secret is not set: visitor ids can be recomputed by anyone who knows an address. Set it in production.");
    }
    return new EnrichmentSettings(
        defaults.chain(),
        properties.sites(),
        properties.ownDomains(),
        properties.visitorCookie(),
        properties.cookies(),
        properties.queryParameters(),
        properties.visitorSecret().isEmpty()
            ? defaults.visitorSecret()
            : properties.visitorSecret(),
        properties.addressBitsV4(),
        properties.addressBitsV6(),
        defaults.agentCache());
  }
}
