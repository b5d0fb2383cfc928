// SPDX-License-Identifier: Apache-2.0
package aqueduct.router;

import aqueduct.lambda.Launch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Runs {@code router} on its queue. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class RouterApplication {
  public static void main(String[] args) {
    Launch.run(RouterApplication.class, args);
  }
}
