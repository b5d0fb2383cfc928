// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.contracts.MetricStoreContract;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;

class PostgresMetricStoreTest extends MetricStoreContract {

  @Override
  protected MetricStore newStore() {
    return new PostgresMetricStore(Postgres.empty(), ReportSpec.defaults());
  }
}
