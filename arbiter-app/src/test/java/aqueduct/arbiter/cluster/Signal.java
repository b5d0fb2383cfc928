// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** A signal to one process. */
final class Signal {
  private Signal() {}

  static void send(String name, long process) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
    assertThat(status).as("kill -" + name + " " + process).isZero();
  }
}
