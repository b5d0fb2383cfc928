// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import aqueduct.lambda.Launch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Runs {@code backup} on its queue. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BackupApplication {
  public static void main(String[] args) {
    Launch.run(BackupApplication.class, args);
  }
}
