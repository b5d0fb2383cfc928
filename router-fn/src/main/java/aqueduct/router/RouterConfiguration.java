// SPDX-License-Identifier: Apache-2.0
package aqueduct.router;

import aqueduct.logs.RecordSink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;

/** Exposes one bean, the function {@code router}. */
@AutoConfiguration
@EnableConfigurationProperties(RouterProperties.class)
public class RouterConfiguration {

  @Bean
  RouterFunction router(
      RouterProperties properties,
      ObjectProvider<StreamBridge> bridge,
      RecordSink sink,
      ObjectProvider<MeterRegistry> meters) {
    NoticeSender sender =
        (binding, body) -> {
          if (!bridge.getObject().send(binding, body)) {
            throw new IllegalStateException("binding " + binding + " took nothing");
          }
        };
    return new RouterFunction(
        properties,
        sender,
        sink,
        meters.getIfAvailable(() -> Metrics.globalRegistry),
        Clock.systemUTC());
  }
}
