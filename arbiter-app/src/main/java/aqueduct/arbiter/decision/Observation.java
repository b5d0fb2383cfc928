// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.Memory.Served;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is seen -> what is remembered of it, before anything is decided. */
final class Observation {
  private final Limits limits;
  private final ClusterView view;
  private final Recollection memory;
  private final Instant now;

  private Observation(Limits limits, ClusterView view, Recollection memory) {
    this.limits = limits;
    this.view = view;
    this.memory = memory;
    this.now = view.now();
  }

  static Recollection remember(Limits limits, ClusterView view) {
    Recollection memory = new Recollection(view.memory(), view.now());
    memory.lastToken = Math.max(memory.lastToken, view.storeToken());
    for (Cluster cluster : view.clusters()) {
      memory.lastToken = Math.max(memory.lastToken, cluster.token());
    }
    if (view.listed()) {
      Observation observation = new Observation(limits, view, memory);
      observation.attempt();
      observation.probes();
      observation.spotTrouble();
      observation.speed();
    }
    return memory;
  }

  private void attempt() {
    memory.attempt = memory.attempt.flatMap(this::follow);
  }

  private Optional<Attempt> follow(Attempt attempt) {
    List<Cluster> made =
        view.clusters().stream().filter(c -> c.launchId().equals(attempt.launchId())).toList();
    if (made.stream().anyMatch(Cluster::serving)) {
      memory.failures = 0;
      return Optional.empty();
    }
    if (made.stream().anyMatch(Cluster::alive)) {
      return Optional.of(attempt.seenAt(now));
    }
    boolean over = made.stream().anyMatch(c -> c.state() == State.ENDED);
    if (over || (attempt.seen() && past(attempt.lastSeen(), limits.patience().listing()))) {
      failed(attempt);
      return Optional.empty();
    }
    return Optional.of(attempt);
  }

  private void failed(Attempt attempt) {
    memory.failures++;
    memory.notBefore = now.plus(backOff(memory.failures));
    trouble(attempt.spec());
  }

  private Duration backOff(int failures) {
    Restraint restraint = limits.restraint();
    Duration pause = restraint.firstBackOff().multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(restraint.longestBackOff()) < 0 ? pause : restraint.longestBackOff();
  }

  private void trouble(String spec) {
    if (limits.spec(spec).spot()) {
      memory.lastTrouble = now;
      memory.resting.put(spec, now.plus(limits.spot().rest()));
    }
  }

  private boolean past(Instant since, Duration most) {
    return Duration.between(since, now).compareTo(most) > 0;
  }

  private void probes() {
    Health health = new Health(limits, view);
    Set<String> alive = new HashSet<>();
    for (Cluster cluster : view.clusters()) {
      if (cluster.alive()) {
        alive.add(cluster.id());
        if (health.ailment(cluster).isPresent()) {
          memory.badProbes.merge(cluster.id(), 1, Integer::sum);
        } else if (view.progressKnown()) {
          memory.badProbes.remove(cluster.id());
        }
      }
    }
    memory.badProbes.keySet().retainAll(alive);
    memory.resubmits.keySet().retainAll(alive);
  }

  /** A spot cluster that is warned, or that has gone without being told to. */
  private void spotTrouble() {
    for (Cluster cluster : view.clusters()) {
      if (cluster.alive() && cluster.interruption().isPresent()) {
        trouble(cluster.spec());
      }
    }
    memory
        .serving
        .filter(served -> view.clusters().stream().anyMatch(c -> gone(c, served)))
        .ifPresent(served -> trouble(served.spec()));
    Optional<Cluster> serving = Situation.serving(view.clusters());
    memory.serving = serving.map(c -> new Served(c.id(), c.spec()));
    memory.units = serving.map(Cluster::units).orElse(memory.units);
  }

  private static boolean gone(Cluster cluster, Served served) {
    return cluster.id().equals(served.clusterId()) && cluster.state() == State.ENDED;
  }

  private void speed() {
    Optional<Cluster> serving = Situation.serving(view.clusters());
    if (serving.isEmpty() || !view.progressKnown()) {
      memory.slowSince = Optional.empty();
      memory.idleSince = Optional.empty();
      return;
    }
    double share =
        (double) serving.get().work().perWindow().toMillis() / limits.batchLimit().toMillis();
    memory.slowSince = since(memory.slowSince, share > limits.scale().upAt());
    memory.idleSince = since(memory.idleSince, share < limits.scale().downAt());
  }

  private Optional<Instant> since(Optional<Instant> before, boolean holds) {
    return holds ? Optional.of(before.orElse(now)) : Optional.empty();
  }
}
