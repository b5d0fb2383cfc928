// SPDX-License-Identifier: Apache-2.0
package aqueduct.small;

import aqueduct.lambda.Launch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Every element of a small site; queues carry files, records are calls. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SmallSiteApplication {

  public static void main(String[] args) {
    Launch.run(SmallSiteApplication.class, args);
  }
}
