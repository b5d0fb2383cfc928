// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import aqueduct.arbiter.decision.Rule.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What rules decide about: the view in its parts, and what may be launched. */
record Case(Limits limits, ClusterView view, Situation situation, Recollection memory) {
  private static final Duration HOUR = Duration.ofHours(1);

  Instant now() {
    return view.now();
  }

  boolean past(Instant since, Duration most) {
    return Duration.between(since, now()).compareTo(most) > 0;
  }

  /** The ailment of a cluster that has looked sick often enough. */
  Optional<String> sickness(Cluster cluster) {
    return new Health(limits, view)
        .ailment(cluster)
        .filter(
            ailment ->
                memory.badProbes.getOrDefault(cluster.id(), 0) >= limits.patience().probes());
  }

  double price(LaunchSpec spec) {
    return spec.spot()
        ? view.spotPrices().getOrDefault(spec.name(), spec.onDemandPrice())
        : spec.onDemandPrice();
  }

  double price(Cluster cluster) {
    return price(limits.spec(cluster.spec())) * cluster.units();
  }

  /** Of all clusters that live, for an hour. */
  double spending() {
    return situation.alive().stream().mapToDouble(this::price).sum();
  }

  boolean affordable(LaunchSpec spec, int units) {
    return spending() + price(spec) * units <= limits.restraint().budgetPerHour();
  }

  /** In the order of preference: specs that have not failed lately and do not cost too much. */
  List<LaunchSpec> candidates() {
    List<LaunchSpec> usable = limits.specs().stream().filter(this::usable).toList();
    return usable.isEmpty() ? limits.specs() : usable;
  }

  private boolean usable(LaunchSpec spec) {
    return !spec.spot()
        || (!memory.resting.containsKey(spec.name())
            && price(spec) < limits.spot().leaveAt() * spec.onDemandPrice());
  }

  /** The spec that a launch must use: the preferred one that fits the budget, or the cheapest. */
  LaunchSpec choice(int units) {
    return candidates().stream()
        .filter(spec -> affordable(spec, units))
        .findFirst()
        .orElseGet(
            () -> candidates().stream().min(Comparator.comparingDouble(this::price)).orElseThrow());
  }

  /** Whether the metrics are so old that all units are needed to catch up. */
  boolean behind() {
    return view.progressKnown()
        && view.newest().filter(end -> past(end, limits.scale().behindAt())).isPresent();
  }

  /** As many as the one that serves has, or had; all of them when behind. */
  int units() {
    Scale scale = limits.scale();
    int now = situation.serving().map(Cluster::units).orElse(memory.units);
    return behind()
        ? scale.maxUnits()
        : Math.max(scale.minUnits(), Math.min(scale.maxUnits(), now));
  }

  /**
   * Launches that are still allowed within the hour; a move that could wait must leave some for
   * need.
   */
  Optional<String> refused(boolean couldWait) {
    if (now().isBefore(memory.notBefore)) {
      return Optional.of(
          memory.failures + " launches in a row came to nothing: none before " + memory.notBefore);
    }
    int most = limits.restraint().launchesPerHour() / (couldWait ? 2 : 1);
    return memory.launches.size() >= most
        ? Optional.of(
            memory.launches.size()
                + " launches within the hour, "
                + most
                + " are allowed: none before "
                + memory.launches.get(0).plus(HOUR))
        : Optional.empty();
  }

  /** A launch, or why there is none now. */
  Verdict launch(LaunchSpec spec, int units, String reason) {
    if (situation.alive().size() > 1) {
      return new Verdict(new Action.Stay(), reason + "; but two clusters live already");
    }
    Optional<String> refused = refused(false);
    if (refused.isPresent()) {
      return new Verdict(new Action.Stay(), reason + "; but " + refused.get());
    }
    long token = memory.lastToken + 1;
    return new Verdict(
        new Action.Launch("launch-" + token, spec, token, units),
        reason + ": " + spec.name() + " x " + units);
  }
}
