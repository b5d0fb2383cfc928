// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import aqueduct.contracts.emulator.Emulator;
import aqueduct.servers.SdkClients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

/** What our own server refuses, asked of an emulator. */
class EmulatedConditionsTest extends S3Conditions {
  private static S3Client client;

  @BeforeAll
  static void start() {
    client = SdkClients.s3(Emulator.endpoint());
  }

  @AfterAll
  static void stop() {
    if (client != null) client.close();
  }

  @Override
  S3Client s3() {
    return client;
  }
}
