// SPDX-License-Identifier: Apache-2.0
package aqueduct.router;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Runs {@code router} on its queue. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class RouterApplication {
  public static void main(String[] args) {
    SpringApplication.run(RouterApplication.class, args);
  }
}
