// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is counted while time passes. */
final class Account {
  private static final Duration HOUR = Duration.ofHours(1);
  private final Deque<Instant> recent = new ArrayDeque<>();
  private long ticks;
  private long stale;
  private long stretch;
  private long longest;
  private double cost;
  private double mostSpending;
  private int launches;
  private int mostLaunches;
  private int mostAlive;

  void tick(boolean fresh, int alive, double spending, double hours) {
    ticks++;
    stale += fresh ? 0 : 1;
    stretch = fresh ? 0 : stretch + 1;
    longest = Math.max(longest, stretch);
    cost += spending * hours;
    mostSpending = Math.max(mostSpending, spending);
    mostAlive = Math.max(mostAlive, alive);
  }

  void launch(Instant now) {
    launches++;
    recent.add(now);
    while (recent.peek() != null && !recent.peek().isAfter(now.minus(HOUR))) {
      recent.remove();
    }
    mostLaunches = Math.max(mostLaunches, recent.size());
  }

  Outcome outcome(String policy, long hours, double alwaysOnDemand, SimulatedStore store) {
    double hoursPerTick = (double) hours / ticks;
    return new Outcome(
        policy,
        hours,
        1 - (double) stale / ticks,
        stale * hoursPerTick,
        Duration.ofSeconds(Math.round(longest * hoursPerTick * 3600)),
        cost,
        alwaysOnDemand,
        launches,
        mostAlive,
        mostLaunches,
        mostSpending,
        store.refused(),
        store.olderWrote());
  }
}
