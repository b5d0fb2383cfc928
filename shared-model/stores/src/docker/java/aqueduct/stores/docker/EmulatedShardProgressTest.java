// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.docker;

import aqueduct.contracts.ShardProgressContract;
import aqueduct.logs.ShardProgress;
import aqueduct.stores.ledger.DynamoDbShardProgress;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract that DynamoDBLocal keeps, kept by an emulator. */
class EmulatedShardProgressTest extends ShardProgressContract {
  private static DynamoDbClient dynamo;

  @BeforeAll
  static void start() {
    dynamo = Emulated.dynamo();
  }

  @AfterAll
  static void stop() {
    if (dynamo != null) dynamo.close();
  }

  @Override
  protected ShardProgress newProgress() {
    DynamoDbShardProgress progress =
        new DynamoDbShardProgress(dynamo, "shards-" + UUID.randomUUID());
    progress.createTable();
    return progress;
  }
}
