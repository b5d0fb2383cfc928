// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import aqueduct.logs.RecordSink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Exposes one bean, the function {@code backup}; uses the application's S3Client if there is one.
 */
@AutoConfiguration
@EnableConfigurationProperties(BackupProperties.class)
public class BackupConfiguration {

  @Bean
  BackupFunction backup(
      BackupProperties properties,
      ObjectProvider<S3Client> s3,
      RecordSink sink,
      ObjectProvider<MeterRegistry> meters) {
    return new BackupFunction(
        properties,
        s3.getIfAvailable(() -> s3(properties).build()),
        sink,
        meters.getIfAvailable(() -> Metrics.globalRegistry));
  }

  /** Retries slow-down and server errors with backoff; no call waits for ever. */
  static S3ClientBuilder s3(BackupProperties properties) {
    return S3Client.builder()
        .httpClientBuilder(
            ApacheHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(5))
                .socketTimeout(Duration.ofSeconds(60)))
        .overrideConfiguration(override -> override.apiCallTimeout(properties.callTimeout()));
  }
}
