// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters;

import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Cluster;
import java.util.List;

/**
 * Where clusters run. Every call may be repeated: one that has been obeyed changes nothing. Throws
 * {@link RefusedException} where nothing has happened; after any other exception it may have.
 */
public interface ClusterBackend {

  /**
   * All clusters that carry our tag, also those that ended within the hour, without their {@link
   * aqueduct.arbiter.decision.Work}. May be some minutes behind.
   */
  List<Cluster> list();

  /** Starts the cluster and its job, unless the launch has one. */
  void launch(Launch launch);

  /** Starts the job of a cluster anew, which writes with that token. */
  void resubmit(String clusterId, long token);

  /** Brings the cluster to that size; what runs on machines that go is drained first. */
  void resize(String clusterId, int units);

  /** Ends the cluster, and whatever runs on it. */
  void end(String clusterId);
}
