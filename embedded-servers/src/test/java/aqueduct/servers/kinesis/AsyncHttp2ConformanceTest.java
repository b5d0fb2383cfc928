// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The asynchronous client with nothing configured but the endpoint. */
class AsyncHttp2ConformanceTest extends KinesisConformance {
  @TempDir static Path data;
  private static KinesisServer server;
  private static KinesisAsyncClient client;

  @BeforeAll
  static void start() throws Exception {
    server = KinesisServer.start(data, KinesisSettings.defaults());
    client = KinesisClients.async(server.endpoint());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Override
  KinesisClient client() {
    return KinesisClients.waiting(client);
  }
}
