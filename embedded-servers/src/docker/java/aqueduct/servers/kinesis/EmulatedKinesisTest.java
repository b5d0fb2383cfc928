// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * What our own server conforms to, asked of an emulator in a container ({@code
 * -Daqueduct.emulator=IMAGE}): where they differ, one of them is wrong.
 */
class EmulatedKinesisTest extends KinesisConformance {
  private static final int PORT = 4566;
  private static GenericContainer<?> container;
  private static KinesisClient client;

  @BeforeAll
  static void start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      String skipped = "NOT RUN: -Pdocker was given, and there is no Docker on this machine";
      System.err.println(skipped);
      Assumptions.abort(skipped);
    }
    container =
        new GenericContainer<>(System.getProperty("aqueduct.emulator", "floci/floci:latest"));
    container.withExposedPorts(PORT).start();
    client =
        KinesisClients.sync(
            URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT)));
  }

  @AfterAll
  static void stop() {
    if (client != null) client.close();
    if (container != null) container.stop();
  }

  @Override
  KinesisClient client() {
    return client;
  }
}
