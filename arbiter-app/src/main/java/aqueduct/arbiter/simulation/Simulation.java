// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import aqueduct.arbiter.decision.Action;
import aqueduct.arbiter.decision.Action.End;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Action.Resize;
import aqueduct.arbiter.decision.Action.Resubmit;
import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.ClusterView;
import aqueduct.arbiter.decision.Decision;
import aqueduct.arbiter.decision.LaunchSpec;
import aqueduct.arbiter.decision.Memory;
import aqueduct.arbiter.decision.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A policy in a made-up world, minute by minute: spot machines with prices of their own, clusters
 * that fail in all the usual ways, a backend that refuses calls, loses some and lists late, and an
 * arbiter that is away now and then. The store keeps the rules that the metric store keeps.
 */
public final class Simulation {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int TICK = 60;
  private static final int WINDOW = 300;
  private static final int SETTLE = 10;
  private static final int STALE = 900;
  private final Dice dice;
  private final Market market;
  private final SimulatedStore store;
  private final Policy policy;
  private final Account account = new Account();
  private final List<SimulatedCluster> clusters = new ArrayList<>();
  private Memory memory = Memory.NEW;
  private Instant now = START;
  private Instant arbiterAway = START;
  private Instant backendAway = START;
  private int named;

  private Simulation(long seed, List<LaunchSpec> specs, Policy policy, boolean fenced) {
    this.market = new Market(seed, specs);
    this.dice = new Dice(seed + 1);
    this.store = new SimulatedStore(fenced);
    this.policy = policy;
  }

  /** The same seed is the same market and the same outcome. */
  public static Outcome run(String name, Policy policy, List<LaunchSpec> specs, Span span) {
    return run(name, policy, specs, span, true);
  }

  static Outcome run(
      String name, Policy policy, List<LaunchSpec> specs, Span span, boolean fenced) {
    Simulation simulation = new Simulation(span.seed(), specs, policy, fenced);
    for (long tick = 0; tick < span.hours() * 3600 / TICK; tick++) {
      simulation.tick();
    }
    double onDemand = specs.stream().mapToDouble(LaunchSpec::onDemandPrice).min().orElseThrow();
    return simulation.account.outcome(
        name,
        span.hours(),
        onDemand * SimulatedWorld.UNITS_FOR_EVERY_SURGE * span.hours(),
        simulation.store);
  }

  /** How long, and which chance. */
  public record Span(long hours, long seed) {}

  private void tick() {
    double hours = TICK / 3600.0;
    long second = now.getEpochSecond() - START.getEpochSecond();
    if (second % WINDOW == 0) {
      market.pass(WINDOW / 3600.0, second / 3600.0 % 24);
    }
    long closed = Math.max(0, (second - SETTLE) / WINDOW);
    for (SimulatedCluster cluster : clusters) {
      cluster.pass(now, hours, dice, market);
      cluster.work(now, closed, market.load(), store);
    }
    arbitrate(hours);
    forgetTheLongEnded();
    List<SimulatedCluster> alive = clusters.stream().filter(c -> !c.ended()).toList();
    double spending = alive.stream().mapToDouble(c -> c.units * market.price(c.spec)).sum();
    account.tick(second - store.windows() * WINDOW <= STALE, launchesAlive(), spending, hours);
    now = now.plusSeconds(TICK);
  }

  /** A twin that a replaced arbiter started counts once. */
  private int launchesAlive() {
    return (int)
        clusters.stream().filter(SimulatedCluster::stays).map(c -> c.launchId).distinct().count();
  }

  private void arbitrate(double hours) {
    if (dice.happens(hours / 200)) {
      arbiterAway = now.plusSeconds((long) dice.between(60, 300));
    }
    if (dice.happens(hours / 50)) {
      backendAway = now.plusSeconds((long) dice.between(60, 600));
    }
    if (now.isBefore(arbiterAway)) {
      return;
    }
    Decision decision = policy.decide(view());
    memory = decision.memory();
    act(decision.action());
    if (decision.action() instanceof Launch && dice.happens(0.01)) {
      act(decision.action()); // an arbiter that had been replaced did it too
    }
  }

  private ClusterView view() {
    boolean listed = !now.isBefore(backendAway);
    List<Cluster> seen = new ArrayList<>();
    for (SimulatedCluster cluster : clusters) {
      if (listed && !now.isBefore(cluster.listedFrom)) {
        seen.add(cluster.seen(now, store));
      }
    }
    boolean known = !dice.happens(0.001);
    return new ClusterView(
        now, listed, known, seen, store.token(), newest(), market.spotPrices(), memory);
  }

  private Optional<Instant> newest() {
    return Optional.of(START.plusSeconds(store.windows() * WINDOW));
  }

  private void act(Action action) {
    boolean refused = now.isBefore(backendAway) || dice.happens(0.02);
    if (refused || action instanceof Action.Stay) {
      return;
    }
    if (action instanceof Launch launch) {
      if (clusters.stream().noneMatch(c -> c.launchId.equals(launch.launchId()))) {
        account.launch(now);
      }
      boolean dry = market.dry(launch.spec().name());
      clusters.add(new SimulatedCluster("c" + ++named, launch, now, dice, dry));
    } else if (action instanceof End end) {
      cluster(end.clusterId()).ifPresent(cluster -> cluster.tellToEnd(now, dice));
    } else if (action instanceof Resize resize) {
      cluster(resize.clusterId()).ifPresent(cluster -> cluster.units = resize.units());
    } else if (action instanceof Resubmit resubmit) {
      cluster(resubmit.clusterId()).ifPresent(cluster -> cluster.resubmit(resubmit.token(), now));
    }
  }

  private Optional<SimulatedCluster> cluster(String id) {
    return clusters.stream().filter(c -> c.id.equals(id) && !c.ended()).findFirst();
  }

  private void forgetTheLongEnded() {
    clusters.removeIf(
        cluster ->
            cluster
                .endedAt()
                .filter(at -> at.isBefore(now.minus(Duration.ofHours(1))))
                .isPresent());
  }
}
