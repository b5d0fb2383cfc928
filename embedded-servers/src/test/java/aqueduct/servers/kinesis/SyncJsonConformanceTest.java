// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The SDK with CBOR switched off: what other languages' SDKs speak. */
class SyncJsonConformanceTest extends KinesisConformance {
  @TempDir static Path data;
  private static KinesisServer server;
  private static KinesisClient client;

  @BeforeAll
  static void start() throws Exception {
    System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), "false");
    server = KinesisServer.start(data, KinesisSettings.defaults());
    client = KinesisClients.sync(server.endpoint());
  }

  @AfterAll
  static void stop() {
    System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
    client.close();
    server.close();
  }

  @Override
  KinesisClient client() {
    return client;
  }
}
