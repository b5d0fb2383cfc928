// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import aqueduct.lambda.Launch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** enrich-fn alone, bound to its streams by topology.yml. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EnrichApplication {

  public static void main(String[] args) {
    Launch.run(EnrichApplication.class, args);
  }
}
