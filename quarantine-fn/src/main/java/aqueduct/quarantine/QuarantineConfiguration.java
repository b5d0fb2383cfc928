// SPDX-License-Identifier: Apache-2.0
package aqueduct.quarantine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.s3.S3Client;

/** Exposes one bean, the function {@code quarantine}. */
@AutoConfiguration
@EnableConfigurationProperties(QuarantineProperties.class)
public class QuarantineConfiguration {

  @Bean
  QuarantineFunction quarantine(
      QuarantineProperties properties, S3Client s3, ObjectProvider<MeterRegistry> registry) {
    return new QuarantineFunction(
        new KeptRejections(s3, properties.bucket()),
        registry.getIfAvailable(() -> Metrics.globalRegistry));
  }
}
