// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts.emulator;

import java.net.URI;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * An emulator of AWS that answers for every service at one address: the one that runs at {@code
 * -Daqueduct.emulator.endpoint=URL}, or a container of {@code -Daqueduct.emulator=IMAGE}, one for
 * the JVM. With neither an address nor Docker the tests are skipped, and say so.
 */
public final class Emulator {
  private static final int PORT = 4566;
  private static GenericContainer<?> container;

  private Emulator() {}

  /** Its address. */
  public static synchronized URI endpoint() {
    String running = System.getProperty("aqueduct.emulator.endpoint", "");
    if (!running.isEmpty()) return URI.create(running);
    if (container == null) {
      container = start();
    }
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
  }

  private static GenericContainer<?> start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      String skipped =
          "NOT RUN: -Pdocker was given without -Daqueduct.emulator.endpoint=URL, and there is no"
              + " Docker on this machine";
      System.err.println(skipped);
      Assumptions.abort(skipped);
    }
    GenericContainer<?> started =
        new GenericContainer<>(System.getProperty("aqueduct.emulator", "floci/floci:latest"));
    started.withExposedPorts(PORT).start();
    return started;
  }
}
