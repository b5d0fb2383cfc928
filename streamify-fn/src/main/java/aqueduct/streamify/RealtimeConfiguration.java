// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.Codec;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RecordStreamer;
import aqueduct.logs.ShardProgress;
import aqueduct.stores.ReadLimitsProperties;
import aqueduct.stores.enrichment.EnrichmentProperties;
import aqueduct.stores.enrichment.Enrichments;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Exposes one bean, the function {@code streamifyRealtime}, where {@code
 * spring.cloud.function.definition} names it: real-time logs are off otherwise.
 */
@AutoConfiguration
@ConditionalOnExpression("'${spring.cloud.function.definition:}'.contains('streamifyRealtime')")
@EnableConfigurationProperties({
  StreamifyProperties.class,
  ReadLimitsProperties.class,
  RealtimeProperties.class,
  EnrichmentProperties.class
})
public class RealtimeConfiguration {
  @Bean
  RealtimeFunction streamifyRealtime(
      StreamifyProperties streamify,
      ReadLimitsProperties limits,
      RealtimeProperties realtime,
      EnrichmentProperties enrichment,
      KinesisClient kinesis,
      ShardProgress progress,
      RecordSink sink,
      ObjectProvider<MeterRegistry> registry) {
    RecordStreamer.Settings settings =
        new RecordStreamer.Settings(
            Codec.parse(streamify.codec()),
            limits.limits().maxLineBytes(),
            Enrichments.masks(enrichment));
    return new RealtimeFunction(
        new RealtimeStream(
            settings,
            realtime.parsed(),
            new RealtimeStream.Ports(progress, new KinesisShardRecords(kinesis), sink),
            registry.getIfAvailable(() -> Metrics.globalRegistry)));
  }
}
