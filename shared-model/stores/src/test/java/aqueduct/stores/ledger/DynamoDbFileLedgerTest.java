// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.contracts.FileLedgerContract;
import aqueduct.logs.FileLedger;
import aqueduct.stores.DynamoDb;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoDbFileLedgerTest extends FileLedgerContract {
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
  protected FileLedger newLedger() {
    DynamoDbFileLedger ledger =
        new DynamoDbFileLedger(dynamo.client(), "files-" + ++tables, Duration.ofDays(400));
    ledger.createTable();
    ledger.createTable(); // may be repeated
    return ledger;
  }

  @Test
  void a_retention_that_a_redrive_outlives_is_refused() {
    assertThatThrownBy(() -> new DynamoDbFileLedger(dynamo.client(), "files", Duration.ofDays(14)))
        .hasMessageContaining("14 days")
        .hasMessageContaining("15 or more");
  }
}
