// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.docker;

import java.net.URI;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * An emulator of AWS in a container, one for the JVM: {@code -Daqueduct.emulator=IMAGE} names
 * another that answers every service on port 4566. Where there is no Docker, the tests are skipped,
 * and say so.
 */
final class Emulator {
  private static final int PORT = 4566;
  private static GenericContainer<?> container;

  private Emulator() {}

  static synchronized DynamoDbClient dynamo() {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "one")))
        .build();
  }

  private static URI endpoint() {
    if (container == null) {
      container = start();
    }
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
  }

  private static GenericContainer<?> start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      String skipped = "NOT RUN: -Pdocker was given, and there is no Docker on this machine";
      System.err.println(skipped);
      Assumptions.abort(skipped);
    }
    GenericContainer<?> started =
        new GenericContainer<>(System.getProperty("aqueduct.emulator", "floci/floci:latest"));
    started.withExposedPorts(PORT).start();
    return started;
  }
}
