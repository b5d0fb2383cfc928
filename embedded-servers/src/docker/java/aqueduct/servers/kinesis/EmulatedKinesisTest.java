// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import aqueduct.contracts.emulator.Emulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * What our own server conforms to, asked of an emulator: where they differ, one of them is wrong.
 */
class EmulatedKinesisTest extends KinesisConformance {
  private static KinesisClient client;

  @BeforeAll
  static void start() {
    client = KinesisClients.sync(Emulator.endpoint());
  }

  @AfterAll
  static void stop() {
    if (client != null) client.close();
  }

  @Override
  KinesisClient client() {
    return client;
  }
}
