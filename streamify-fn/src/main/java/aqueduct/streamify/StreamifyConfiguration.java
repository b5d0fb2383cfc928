// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.Codec;
import aqueduct.logs.FileLedger;
import aqueduct.logs.RecordSink;
import aqueduct.stores.ReadLimitsProperties;
import aqueduct.stores.enrichment.EnrichmentProperties;
import aqueduct.stores.enrichment.Enrichments;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.s3.S3Client;

/** Exposes the functions {@code streamify} and {@code replay}. */
@AutoConfiguration
@EnableConfigurationProperties({
  StreamifyProperties.class,
  ReadLimitsProperties.class,
  EnrichmentProperties.class
})
public class StreamifyConfiguration {

  @Bean
  StreamifyFunction streamify(
      StreamifyProperties properties,
      ReadLimitsProperties limits,
      EnrichmentProperties enrichment,
      S3Client s3,
      FileLedger ledger,
      RecordSink sink,
      ObjectProvider<MeterRegistry> registry) {
    MeterRegistry meters = registry.getIfAvailable(() -> Metrics.globalRegistry);
    FileStream stream =
        new FileStream(
            settings(properties, limits, enrichment), ledger, sink, meters, Clock.systemUTC());
    return new StreamifyFunction(properties.bucket(), new KeptFiles(s3), stream, meters);
  }

  @Bean
  ReplayFunction replay(
      StreamifyProperties properties,
      ReadLimitsProperties limits,
      EnrichmentProperties enrichment,
      S3Client s3,
      FileLedger ledger,
      RecordSink sink,
      ObjectProvider<MeterRegistry> registry) {
    return new ReplayFunction(
        properties.bucket(),
        new ReplayableFiles(new KeptFiles(s3), ledger),
        settings(properties, limits, enrichment),
        sink,
        registry.getIfAvailable(() -> Metrics.globalRegistry));
  }

  private static StreamSettings settings(
      StreamifyProperties properties,
      ReadLimitsProperties limits,
      EnrichmentProperties enrichment) {
    return new StreamSettings(
        "streamify-" + UUID.randomUUID(),
        properties.lease(),
        Codec.parse(properties.codec()),
        limits.limits(),
        properties.output(),
        "rejected-logs",
        Enrichments.masks(enrichment));
  }
}
