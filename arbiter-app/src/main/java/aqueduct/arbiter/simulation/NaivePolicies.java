// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import aqueduct.arbiter.decision.Action;
import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.ClusterView;
import aqueduct.arbiter.decision.Decision;
import aqueduct.arbiter.decision.LaunchSpec;
import aqueduct.arbiter.decision.Memory;
import aqueduct.arbiter.decision.Policy;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What one would write first. All run one size, large enough for every surge. */
final class NaivePolicies {
  private NaivePolicies() {}

  /** Starts a cluster on demand when there is none; a cluster whose job has ended is ended. */
  static Policy onDemand(List<LaunchSpec> specs) {
    LaunchSpec spec = specs.stream().filter(s -> !s.spot()).findFirst().orElseThrow();
    return view -> restart(view, spec);
  }

  /** The same on the spot pool that is cheapest when it starts. */
  static Policy cheapestSpot(List<LaunchSpec> specs) {
    return view -> restart(view, cheapest(specs, view));
  }

  /** The same, and ends whatever has not applied a window for 15 minutes. */
  static Policy impatient(List<LaunchSpec> specs) {
    return view -> {
      Optional<Cluster> late =
          alive(view)
              .filter(
                  c ->
                      Duration.between(c.work().lastApplied().orElse(c.since()), view.now())
                              .toMinutes()
                          >= 15);
      return late.isPresent()
          ? decision(view, new Action.End(late.get().id()))
          : restart(view, cheapest(specs, view));
    };
  }

  private static LaunchSpec cheapest(List<LaunchSpec> specs, ClusterView view) {
    return specs.stream()
        .filter(LaunchSpec::spot)
        .min(Comparator.comparingDouble(s -> view.spotPrices().getOrDefault(s.name(), 1e9)))
        .orElseThrow();
  }

  private static Optional<Cluster> alive(ClusterView view) {
    return view.clusters().stream().filter(NaivePolicies::lives).findFirst();
  }

  private static boolean lives(Cluster cluster) {
    return cluster.state() != State.ENDING && cluster.state() != State.ENDED;
  }

  private static Decision restart(ClusterView view, LaunchSpec spec) {
    Optional<Cluster> alive = alive(view);
    if (!view.listed()) {
      return decision(view, new Action.Stay());
    }
    List<Cluster> spare = view.clusters().stream().filter(NaivePolicies::lives).skip(1).toList();
    if (!spare.isEmpty()) {
      return decision(view, new Action.End(spare.get(0).id()));
    }
    if (alive.isEmpty()) {
      long token = Math.max(view.memory().lastToken(), view.storeToken()) + 1;
      return decision(
          view,
          new Action.Launch("launch-" + token, spec, token, SimulatedWorld.UNITS_FOR_EVERY_SURGE));
    }
    return decision(
        view,
        alive.get().state() == State.JOBLESS
            ? new Action.End(alive.get().id())
            : new Action.Stay());
  }

  private static Decision decision(ClusterView view, Action action) {
    Memory m = view.memory();
    long token = action instanceof Action.Launch launch ? launch.token() : m.lastToken();
    Memory kept =
        new Memory(
            token,
            m.attempt(),
            m.launches(),
            m.failures(),
            m.notBefore(),
            m.badProbes(),
            m.resubmits(),
            m.resting(),
            m.lastTrouble(),
            m.serving(),
            m.slowSince(),
            m.idleSince(),
            m.resized(),
            m.units());
    return new Decision(action, "naive", "", kept);
  }
}
