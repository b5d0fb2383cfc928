// SPDX-License-Identifier: Apache-2.0
package aqueduct.quarantine;

import aqueduct.lambda.Launch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** quarantine-fn alone, bound to its stream by topology.yml. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class QuarantineApplication {

  public static void main(String[] args) {
    Launch.run(QuarantineApplication.class, args);
  }
}
