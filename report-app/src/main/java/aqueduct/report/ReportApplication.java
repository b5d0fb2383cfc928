// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** The page and API alone, beside a metric store that others fill. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ReportApplication {

  public static void main(String[] args) {
    SpringApplication.run(ReportApplication.class, args);
  }
}
