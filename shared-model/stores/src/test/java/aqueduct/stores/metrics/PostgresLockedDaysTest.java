// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.contracts.LockedDaysContract;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;

class PostgresLockedDaysTest extends LockedDaysContract {

  @Override
  protected MetricStore newStore() {
    return new PostgresMetricStore(Postgres.empty(), ReportSpec.defaults());
  }

  @Override
  protected CorrectedDays correctedDays() {
    return new PostgresCorrectedDays(Postgres.database(), ReportSpec.defaults());
  }
}
