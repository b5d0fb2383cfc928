// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Against another endpoint: -Daqueduct.kinesis.endpoint=http://127.0.0.1:4567 */
class SyncCborConformanceTest extends KinesisConformance {
  @TempDir static Path data;
  private static KinesisServer server;
  private static KinesisClient client;

  @BeforeAll
  static void start() throws Exception {
    server = KinesisServer.start(data, KinesisSettings.defaults());
    String other = System.getProperty("aqueduct.kinesis.endpoint");
    client = KinesisClients.sync(other == null ? server.endpoint() : URI.create(other));
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Override
  KinesisClient client() {
    return client;
  }
}
