// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import aqueduct.logs.RecordSink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.s3.S3Client;

/** Exposes one bean, the function {@code backup}. */
@AutoConfiguration
@EnableConfigurationProperties(BackupProperties.class)
public class BackupConfiguration {

  @Bean
  BackupFunction backup(
      BackupProperties properties,
      S3Client s3,
      RecordSink sink,
      ObjectProvider<MeterRegistry> meters) {
    return new BackupFunction(
        properties, s3, sink, meters.getIfAvailable(() -> Metrics.globalRegistry));
  }
}
