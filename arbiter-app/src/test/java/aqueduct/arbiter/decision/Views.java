// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import aqueduct.arbiter.decision.Cluster.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A little world that a test sets by hand; time passes when it says so. */
final class Views {
  static final LaunchSpec SPOT_A = new LaunchSpec("spot-a", List.of("m6g.xlarge"), "a", true, 0.2);
  static final LaunchSpec SPOT_B = new LaunchSpec("spot-b", List.of("m6g.xlarge"), "b", true, 0.2);
  static final LaunchSpec DEMAND = new LaunchSpec("demand", List.of("m6g.xlarge"), "", false, 0.2);
  static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(300),
          new Patience(
              Duration.ofMinutes(20),
              Duration.ofMinutes(10),
              Duration.ofMinutes(2),
              Duration.ofMinutes(5),
              3),
          new Restraint(4, Duration.ofMinutes(1), Duration.ofMinutes(30), 5.0, 1),
          new Scale(
              2,
              8,
              0.7,
              0.3,
              0.5,
              Duration.ofMinutes(30),
              Duration.ofMinutes(10),
              Duration.ofHours(1)),
          new SpotRule(0.9, 0.7, Duration.ofHours(1), Duration.ofHours(2)),
          List.of(SPOT_A, SPOT_B, DEMAND));

  final List<Cluster> clusters = new ArrayList<>();
  final Map<String, Double> prices = new HashMap<>(Map.of("spot-a", 0.07, "spot-b", 0.07));
  Instant now = Instant.parse("2026-11-24T12:00:00Z");
  boolean listed = true;
  boolean known = true;
  long storeToken;
  Memory memory = Memory.NEW;
  private final Arbiter arbiter;

  Views() {
    this(LIMITS);
  }

  Views(Limits limits) {
    arbiter = new Arbiter(limits);
  }

  Decision decide() {
    Decision decision =
        arbiter.decide(
            new ClusterView(
                now,
                listed,
                known,
                listed ? List.copyOf(clusters) : List.of(),
                storeToken,
                Optional.of(now.minusSeconds(60)),
                Map.copyOf(prices),
                memory));
    memory = decision.memory();
    return decision;
  }

  /** The decision after so many looks, half a minute apart. */
  Decision decide(int looks) {
    Decision last = decide();
    for (int i = 1; i < looks; i++) {
      pass(Duration.ofSeconds(30));
      last = decide();
    }
    return last;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  static Cluster starting(String id, String spec, long token, Instant since) {
    return new Cluster(
        id,
        "launch-" + token,
        spec,
        token,
        State.STARTING,
        "",
        since,
        2,
        Optional.empty(),
        Work.NONE);
  }

  /** Serving since an hour, its newest window a minute old. */
  Cluster serving(String id, String spec, long token) {
    return in(State.RUNNING, starting(id, spec, token, now.minusSeconds(7200)))
        .with(applied(now.minusSeconds(3600), now.minusSeconds(60), Duration.ofSeconds(150)));
  }

  static Work applied(Instant first, Instant last, Duration perWindow) {
    return new Work(
        Optional.of(first), Optional.of(last), Optional.of(last), Optional.empty(), perWindow);
  }

  static Cluster in(State state, Cluster c) {
    return new Cluster(
        c.id(),
        c.launchId(),
        c.spec(),
        c.token(),
        state,
        "",
        c.since(),
        c.units(),
        c.interruption(),
        c.work());
  }

  void replace(Cluster cluster) {
    clusters.removeIf(c -> c.id().equals(cluster.id()));
    clusters.add(cluster);
  }
}
