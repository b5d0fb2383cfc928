// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Runs {@code backup} on its queue. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BackupApplication {
  public static void main(String[] args) {
    SpringApplication.run(BackupApplication.class, args);
  }
}
