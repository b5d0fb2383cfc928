// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.lambda.Launch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** streamify-fn alone, bound to its queue and streams by topology.yml. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StreamifyApplication {

  public static void main(String[] args) {
    Launch.run(StreamifyApplication.class, args);
  }
}
