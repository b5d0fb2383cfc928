// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.ledger;

import aqueduct.contracts.ShardProgressContract;
import aqueduct.logs.ShardProgress;
import aqueduct.stores.DynamoDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class DynamoDbShardProgressTest extends ShardProgressContract {
  private static DynamoDb dynamo;
  private static int tables;

  @BeforeAll
  static void start() throws Exception {
    dynamo = DynamoDb.start();
  }

  @AfterAll
  static void stop() throws Exception {
    dynamo.close();
  }

  @Override
  protected ShardProgress newProgress() {
    DynamoDbShardProgress progress =
        new DynamoDbShardProgress(dynamo.client(), "shards-" + ++tables);
    progress.createTable();
    progress.createTable(); // may be repeated
    return progress;
  }
}
