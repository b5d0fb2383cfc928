// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.ClusterView;
import aqueduct.arbiter.decision.LaunchSpec;
import aqueduct.arbiter.decision.Limits;

/** What all clusters that live cost in an hour. */
final class Spending {
  private Spending() {}

  static double of(Limits limits, ClusterView view) {
    return view.clusters().stream()
        .filter(cluster -> cluster.state() != State.ENDED)
        .mapToDouble(
            cluster -> {
              LaunchSpec spec = limits.spec(cluster.spec());
              return cluster.units()
                  * (spec.spot()
                      ? view.spotPrices().getOrDefault(spec.name(), spec.onDemandPrice())
                      : spec.onDemandPrice());
            })
        .sum();
  }
}
