// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import aqueduct.arbiter.clusters.ClusterBackend;
import aqueduct.arbiter.clusters.SpotPrices;
import aqueduct.arbiter.clusters.emr.EmrBackend;
import aqueduct.arbiter.clusters.emr.EmrSettings;
import aqueduct.arbiter.clusters.emr.SpotNotices;
import aqueduct.arbiter.clusters.emr.SpotPriceHistory;
import aqueduct.arbiter.clusters.serverless.ServerlessBackend;
import aqueduct.arbiter.clusters.serverless.ServerlessSettings;
import aqueduct.arbiter.clusters.standalone.StandaloneBackend;
import aqueduct.arbiter.clusters.standalone.StandaloneSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The backend that is named. */
@Configuration(proxyBeanMethods = false)
class BackendConfiguration {
  private static final String BACKEND = "aqueduct.arbiter.backend";

  @Bean
  @ConditionalOnProperty(name = BACKEND, havingValue = "standalone")
  ClusterBackend standaloneBackend(Environment environment) {
    StandaloneSettings settings =
        Binder.get(environment).bind("aqueduct.arbiter.standalone", StandaloneSettings.class).get();
    return new StandaloneBackend(settings, Clock.systemUTC());
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = BACKEND, havingValue = "emr")
  static class Emr {

    @Bean
    ClusterBackend emrBackend(Environment environment) {
      EmrClient emr = EmrClient.builder().httpClientBuilder(http()).build();
      EmrClient launching =
          EmrClient.builder()
              .httpClientBuilder(http())
              .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
              .build();
      return new EmrBackend(
          emr,
          launching,
          Binder.get(environment).bind("aqueduct.arbiter.emr", EmrSettings.class).get(),
          notices(environment.getProperty("aqueduct.arbiter.emr.spot-notices-queue-url", "")),
          Clock.systemUTC());
    }

    private static EmrBackend.Notices notices(String queueUrl) {
      return queueUrl.isEmpty()
          ? Map::of
          : new SpotNotices(
                  SqsClient.builder().httpClientBuilder(http()).build(),
                  queueUrl,
                  Clock.systemUTC())
              ::machines;
    }

    @Bean
    SpotPrices spotPrices(ArbiterProperties properties, Environment environment) {
      double fee =
          environment.getProperty("aqueduct.arbiter.emr.fee-per-unit-hour", Double.class, 0.0);
      return new SpotPriceHistory(
          Ec2Client.builder().httpClientBuilder(http()).build(),
          properties.limits().specs(),
          fee,
          Clock.systemUTC());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = BACKEND, havingValue = "emr-serverless")
  static class Serverless {

    @Bean
    ClusterBackend serverlessBackend(Environment environment) {
      return new ServerlessBackend(
          EmrServerlessClient.builder().httpClientBuilder(http()).build(),
          Binder.get(environment)
              .bind("aqueduct.arbiter.emr-serverless", ServerlessSettings.class)
              .get(),
          Clock.systemUTC());
    }
  }

  private static UrlConnectionHttpClient.Builder http() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(5))
        .socketTimeout(Duration.ofSeconds(30));
  }
}
