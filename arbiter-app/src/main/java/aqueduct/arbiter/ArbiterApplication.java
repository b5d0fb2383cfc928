// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The arbiter as a process. Any number may run; one acts. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ArbiterConfiguration.class)
public class ArbiterApplication {
  public static void main(String[] args) {
    SpringApplication.run(ArbiterApplication.class, args);
  }
}
