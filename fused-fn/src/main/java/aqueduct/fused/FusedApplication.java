// SPDX-License-Identifier: Apache-2.0
package aqueduct.fused;

import aqueduct.lambda.Launch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** streamify on its queue; enrich is called for what it sends. No line of code joins them. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class FusedApplication {

  public static void main(String[] args) {
    Launch.run(FusedApplication.class, args);
  }
}
