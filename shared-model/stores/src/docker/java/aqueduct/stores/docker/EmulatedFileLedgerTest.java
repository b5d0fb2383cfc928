// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.docker;

import aqueduct.contracts.FileLedgerContract;
import aqueduct.logs.FileLedger;
import aqueduct.stores.ledger.DynamoDbFileLedger;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract that DynamoDBLocal keeps, kept by an emulator. */
class EmulatedFileLedgerTest extends FileLedgerContract {
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
  protected FileLedger newLedger() {
    DynamoDbFileLedger ledger =
        new DynamoDbFileLedger(dynamo, "files-" + UUID.randomUUID(), Duration.ofDays(400));
    ledger.createTable();
    return ledger;
  }
}
