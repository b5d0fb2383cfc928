// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import aqueduct.arbiter.decision.Action;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.ClusterView;
import aqueduct.arbiter.decision.Decision;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Turns -> meters, for the alarms of docs/arbiter.md. */
final class ArbiterMeters {
  private final MeterRegistry registry;
  private final Clock clock;
  private final AtomicLong acting = new AtomicLong();
  private final AtomicLong alive = new AtomicLong();
  private volatile double spending;
  private volatile Instant newest;
  private volatile Instant turned;

  ArbiterMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.newest = clock.instant();
    this.turned = newest;
    registry.gauge("aqueduct.arbiter.acting", acting);
    registry.gauge("aqueduct.arbiter.clusters", alive);
    registry.gauge("aqueduct.arbiter.dollars.per.hour", this, meters -> meters.spending);
    registry.gauge("aqueduct.arbiter.lag.seconds", this, meters -> meters.age(meters.newest));
    registry.gauge("aqueduct.arbiter.turn.age.seconds", this, meters -> meters.age(meters.turned));
  }

  private double age(Instant time) {
    return Duration.between(time, clock.instant()).toMillis() / 1000.0;
  }

  /** Since when the loop has not turned; for health. */
  Duration sinceTurn() {
    return Duration.between(turned, clock.instant());
  }

  boolean isActing() {
    return acting.get() == 1;
  }

  void acting(boolean holds) {
    acting.set(holds ? 1 : 0);
    if (!holds) {
      turned = clock.instant(); // standing by is its work
    }
  }

  void turned() {
    turned = clock.instant();
  }

  void failed() {
    registry.counter("aqueduct.arbiter.turns.failed").increment();
  }

  void refused() {
    registry.counter("aqueduct.arbiter.calls.refused").increment();
  }

  void acted(Action action) {
    String name = action.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    registry.counter("aqueduct.arbiter.actions", "action", name).increment();
  }

  void decided(ClusterView view, Decision decision, double dollarsPerHour) {
    registry.counter("aqueduct.arbiter.decisions", "rule", decision.rule()).increment();
    newest = view.newest().orElse(newest);
    spending = dollarsPerHour;
    alive.set(
        view.clusters().stream()
            .filter(c -> c.state() != State.ENDED && c.state() != State.ENDING)
            .count());
  }
}
