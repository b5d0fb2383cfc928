// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.Work.Busy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A made-up cluster and its job. Takes minutes to start, may hang, die and be taken away. */
final class SimulatedCluster {
  private static final int MOST_WINDOWS = 12;
  private static final double SECONDS_OF_OVERHEAD = 25;
  private static final double UNIT_SECONDS_OF_A_WINDOW = 640;
  final String id;
  final String launchId;
  final String spec;
  final Instant listedFrom;
  long token;
  Instant since;
  int units;
  private final Instant readyAt;
  private Instant jobReadyAt;
  private boolean jobDead;
  private boolean doomed;
  private Instant hungUntil = Instant.MIN;
  private Optional<Instant> notice = Optional.empty();
  private Instant takenAt = Instant.MAX;
  private boolean ending;
  private Optional<Instant> ended = Optional.empty();
  private Optional<Batch> batch = Optional.empty();

  private record Batch(long from, long count, Instant start, Duration took, long token) {
    Instant done() {
      return start.plus(took);
    }

    Busy busy() {
      return new Busy(start, (int) count);
    }
  }

  SimulatedCluster(String id, Launch launch, Instant now, Dice dice, boolean dry) {
    this.id = id;
    this.launchId = launch.launchId();
    this.spec = launch.spec().name();
    this.token = launch.token();
    this.units = launch.units();
    this.since = now;
    this.listedFrom = now.plusSeconds((long) dice.between(0, 180));
    this.readyAt = now.plusSeconds((long) dice.between(300, 720));
    this.jobReadyAt = readyAt.plusSeconds(60);
    this.doomed = dry || dice.happens(0.02);
  }

  boolean ended() {
    return ended.isPresent();
  }

  /** Whether nobody has told it to end. */
  boolean stays() {
    return !ending && ended.isEmpty();
  }

  Optional<Instant> endedAt() {
    return ended;
  }

  private void end(Instant now) {
    ended = Optional.of(now);
  }

  /** Takes a while, in which a job that hung may wake. */
  void tellToEnd(Instant now, Dice dice) {
    if (!ending) {
      ending = true;
      takenAt = now.plusSeconds((long) dice.between(30, 240));
    }
  }

  void resubmit(long newToken, Instant now) {
    token = newToken;
    since = now;
    jobDead = false;
    batch = Optional.empty();
    hungUntil = Instant.MIN;
    jobReadyAt = now.plusSeconds(90);
  }

  /** Chance strikes, then the job works. */
  void pass(Instant now, double hours, Dice dice, Market market) {
    if (ended()) {
      return;
    }
    if ((doomed && now.isAfter(readyAt)) || !now.isBefore(takenAt)) {
      end(now);
      return;
    }
    if (dice.happens(hours / 1500)) {
      end(now); // the whole cluster fails, without a word
    } else if (dice.happens(hours / 300)) {
      jobDead = true;
    } else if (dice.happens(hours / 300)) {
      hungUntil = now.plusSeconds((long) dice.between(60, 7200));
    }
    if (notice.isEmpty() && !ending && dice.happens(hours * market.interruptionsPerHour(spec))) {
      boolean warned = dice.happens(0.9);
      notice = warned ? Optional.of(now) : Optional.empty();
      takenAt = now.plusSeconds(warned ? 120 : 0);
    }
  }

  void work(Instant now, long closed, double load, SimulatedStore store) {
    if (ended() || jobDead || now.isBefore(jobReadyAt) || now.isBefore(hungUntil)) {
      return;
    }
    if (batch.isPresent() && !now.isBefore(batch.get().done())) {
      Batch done = batch.get();
      batch = Optional.empty();
      if (!store.apply(done.token(), done.from(), done.count(), now, done.took())) {
        jobDead = true;
        return;
      }
    }
    long open = closed - store.windows();
    if (batch.isEmpty() && open > 0) {
      long count = Math.min(open, MOST_WINDOWS);
      Duration took =
          Duration.ofSeconds(
              (long) (SECONDS_OF_OVERHEAD + count * load * UNIT_SECONDS_OF_A_WINDOW / units));
      batch = Optional.of(new Batch(store.windows(), count, now, took, token));
    }
    store.beat(token, now, batch.map(Batch::busy));
  }

  Cluster seen(Instant now, SimulatedStore store) {
    State state =
        ended()
            ? State.ENDED
            : ending
                ? State.ENDING
                : now.isBefore(readyAt) ? State.STARTING : jobDead ? State.JOBLESS : State.RUNNING;
    return new Cluster(
        id,
        launchId,
        spec,
        token,
        state,
        "",
        since,
        units,
        ended() ? Optional.empty() : notice,
        store.work(token));
  }
}
