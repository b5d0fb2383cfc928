// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.docker;

import aqueduct.contracts.ShardProgressContract;
import aqueduct.logs.ShardProgress;
import aqueduct.stores.ledger.DynamoDbShardProgress;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract that DynamoDBLocal keeps, kept by an emulator in a container. */
class EmulatedShardProgressTest extends ShardProgressContract {
  private static DynamoDbClient dynamo;
  private static int tables;

  @BeforeAll
  static void start() {
    dynamo = Emulator.dynamo();
  }

  @Override
  protected ShardProgress newProgress() {
    DynamoDbShardProgress progress = new DynamoDbShardProgress(dynamo, "shards-" + ++tables);
    progress.createTable();
    return progress;
  }
}
