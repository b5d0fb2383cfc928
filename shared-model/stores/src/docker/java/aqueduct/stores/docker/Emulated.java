// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.docker;

import aqueduct.contracts.emulator.Emulator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Clients of the emulator. */
final class Emulated {
  private Emulated() {}

  static DynamoDbClient dynamo() {
    return DynamoDbClient.builder()
        .endpointOverride(Emulator.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "one")))
        .build();
  }
}
