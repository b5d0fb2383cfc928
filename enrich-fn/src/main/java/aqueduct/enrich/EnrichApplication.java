// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** enrich-fn alone, bound to its streams by topology.yml. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EnrichApplication {

  public static void main(String[] args) {
    SpringApplication.run(EnrichApplication.class, args);
  }
}
