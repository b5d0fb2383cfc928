// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.docker;

import aqueduct.contracts.FileLedgerContract;
import aqueduct.logs.FileLedger;
import aqueduct.stores.ledger.DynamoDbFileLedger;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract that DynamoDBLocal keeps, kept by an emulator in a container. */
class EmulatedFileLedgerTest extends FileLedgerContract {
  private static DynamoDbClient dynamo;
  private static int tables;

  @BeforeAll
  static void start() {
    dynamo = Emulator.dynamo();
  }

  @Override
  protected FileLedger newLedger() {
    DynamoDbFileLedger ledger =
        new DynamoDbFileLedger(dynamo, "files-" + ++tables, Duration.ofDays(400));
    ledger.createTable();
    return ledger;
  }
}
