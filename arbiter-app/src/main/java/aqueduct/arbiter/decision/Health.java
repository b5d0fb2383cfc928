// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A cluster -> what ails it. Health is progress: the newest applied window against now; that a
 * process exists proves nothing, and that windows are late alone neither, while they come.
 */
final class Health {
  private final Limits limits;
  private final Patience patience;
  private final ClusterView view;

  Health(Limits limits, ClusterView view) {
    this.limits = limits;
    this.patience = limits.patience();
    this.view = view;
  }

  /** Empty if nothing does, or if it cannot be known. */
  Optional<String> ailment(Cluster cluster) {
    return switch (cluster.state()) {
      case JOBLESS -> Optional.of("its job has ended" + because(cluster));
      case DEGRADED -> Optional.of("it cannot heal itself" + because(cluster));
      case STARTING, RUNNING -> view.progressKnown() ? unproductive(cluster) : Optional.empty();
      case ENDING, ENDED -> Optional.empty();
    };
  }

  private Optional<String> unproductive(Cluster cluster) {
    Work work = cluster.work();
    Optional<String> silent =
        work.heartbeat().flatMap(beat -> late("its driver is silent", beat, patience.heartbeat()));
    if (silent.isPresent()) {
      return silent;
    }
    if (work.busy().isPresent()) {
      int windows = work.busy().get().windows();
      Duration most = limits.batchLimit().multipliedBy(windows).plus(patience.progress());
      return late("a batch of " + windows + " windows runs", work.busy().get().since(), most);
    }
    return work.lastApplied().isPresent()
        ? late("no window applied", work.lastApplied().get(), patience.progress())
        : late("no window applied", cluster.since(), patience.start());
  }

  private Optional<String> late(String what, Instant since, Duration most) {
    Duration passed = Duration.between(since, view.now());
    return passed.compareTo(most) > 0
        ? Optional.of(
            what + " for " + passed.toSeconds() + " s, " + most.toSeconds() + " s are allowed")
        : Optional.empty();
  }

  private static String because(Cluster cluster) {
    return cluster.detail().isEmpty() ? "" : " (" + cluster.detail() + ")";
  }
}
