// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import aqueduct.enrichment.Enricher;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.logs.Codec;
import aqueduct.logs.RecordSink;
import aqueduct.stores.enrichment.EnrichmentProperties;
import aqueduct.stores.enrichment.Enrichments;
import io.awspring.cloud.kinesis.integration.KinesisMessageDrivenChannelAdapter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.core.MessageProducer;
import software.amazon.awssdk.services.s3.S3Client;

/** Exposes the function {@code enrich}, and how its shards are shared out. */
@AutoConfiguration
@EnableConfigurationProperties({EnrichProperties.class, EnrichmentProperties.class})
public class EnrichConfiguration {
  @Bean
  EnrichFunction enrich(
      EnrichProperties properties,
      EnrichmentContext enrichmentContext,
      RecordSink sink,
      ExecutorService enrichThreads,
      ObjectProvider<MeterRegistry> registry) {
    Codec codec = Codec.parse(properties.codec());
    return new EnrichFunction(
        new Quarantine(() -> new Enricher(enrichmentContext, codec), properties.attempts()),
        sink,
        properties.output(),
        enrichThreads,
        registry.getIfAvailable(() -> Metrics.globalRegistry));
  }

  @Bean
  EnrichmentContext enrichmentContext(
      EnrichmentProperties enrichment, ObjectProvider<S3Client> s3) {
    return Enrichments.context(enrichment, s3::getObject);
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
   * share them out by instance-count and instance-index, or by locks where they come and go.
   */
  @Bean
  ConsumerEndpointCustomizer<MessageProducer> enrichShards(EnrichProperties properties) {
    return (endpoint, destination, group) -> {
      if (endpoint instanceof KinesisMessageDrivenChannelAdapter adapter && !properties.locks()) {
        adapter.setLockRegistry(null);
      }
    };
  }
}
