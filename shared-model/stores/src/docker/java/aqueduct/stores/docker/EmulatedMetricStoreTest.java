// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.docker;

import aqueduct.contracts.MetricStoreContract;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.metrics.dynamodb.DynamoDbMetricStore;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract that DynamoDBLocal keeps, kept by an emulator. */
class EmulatedMetricStoreTest extends MetricStoreContract {
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
  protected MetricStore newStore() {
    DynamoDbMetricStore store =
        new DynamoDbMetricStore(
            dynamo, "metrics-" + UUID.randomUUID(), ReportSpec.defaults(), Clock.systemUTC());
    store.createTable();
    return store;
  }
}
