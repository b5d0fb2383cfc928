// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import aqueduct.arbiter.clusters.ClusterBackend;
import aqueduct.arbiter.clusters.RefusedException;
import aqueduct.arbiter.decision.Action;
import aqueduct.arbiter.decision.Action.End;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Action.Resize;
import aqueduct.arbiter.decision.Action.Resubmit;
import aqueduct.arbiter.decision.Action.Stay;
import aqueduct.arbiter.decision.ClusterView;
import aqueduct.arbiter.decision.Decision;
import aqueduct.arbiter.decision.Limits;
import aqueduct.arbiter.decision.Memory;
import aqueduct.arbiter.decision.Policy;
import aqueduct.arbiter.memory.DeposedException;
import aqueduct.arbiter.memory.Entry;
import aqueduct.arbiter.memory.Journal;
import aqueduct.arbiter.memory.Lease;
import aqueduct.arbiter.memory.Sighting;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn: look, decide, write down, act. What is decided is written down under the fence of the
 * tenure before it is done, so that whoever takes over asks for the same launch and no second one;
 * who has been deposed finds out there, and does nothing. After a call that failed the next turn
 * looks again.
 */
final class ArbiterLoop {
  private static final Logger log = LoggerFactory.getLogger(ArbiterLoop.class);
  private final String name;
  private final boolean dryRun;
  private final Limits limits;
  private final Policy policy;
  private final Lease lease;
  private final Journal journal;
  private final Observer observer;
  private final ClusterBackend backend;
  private final ArbiterMeters meters;
  private long fence;
  private Memory memory = Memory.NEW;
  private String said = "";

  /** What a loop works with. */
  record Parts(
      Limits limits,
      Policy policy,
      Lease lease,
      Journal journal,
      Observer observer,
      ClusterBackend backend,
      ArbiterMeters meters) {}

  ArbiterLoop(String name, boolean dryRun, Parts parts) {
    this.name = name;
    this.dryRun = dryRun;
    this.limits = parts.limits();
    this.policy = parts.policy();
    this.lease = parts.lease();
    this.journal = parts.journal();
    this.observer = parts.observer();
    this.backend = parts.backend();
    this.meters = parts.meters();
  }

  /** Never throws: the next turn is another chance. */
  void turn() {
    try {
      OptionalLong tenure = lease.hold();
      meters.acting(tenure.isPresent());
      if (tenure.isEmpty()) {
        fence = 0;
        return;
      }
      if (tenure.getAsLong() != fence) {
        memory = journal.open(tenure.getAsLong());
        fence = tenure.getAsLong();
      }
      decide();
      meters.turned();
    } catch (DeposedException e) {
      log.warn("{}", e.getMessage());
      fence = 0;
    } catch (RuntimeException e) {
      meters.failed();
      log.error("A turn failed; the next one looks again", e);
      fence = 0; // what is in memory may not be what was kept
    }
  }

  private void decide() {
    ClusterView view = observer.look(memory);
    Decision decision = policy.decide(view);
    Action action = decision.action();
    boolean idle = action instanceof Stay;
    // In a dry run nothing was asked for, so nothing may be waited for.
    Memory kept = dryRun && !idle ? memory : decision.memory();
    journal.keep(fence, kept, sighting(view, decision), entry(view, decision));
    memory = kept;
    meters.decided(view, decision, Spending.of(limits, view));
    if (!idle && !dryRun) {
      act(view, action);
    }
  }

  /** Every action, and every change of what keeps it from acting. */
  private Optional<Entry> entry(ClusterView view, Decision decision) {
    String now = decision.action() instanceof Stay ? decision.rule() : Words.of(decision.action());
    boolean news = !now.equals(said) || (!(decision.action() instanceof Stay) && !dryRun);
    said = now;
    if (!news) {
      return Optional.empty();
    }
    log.info("{} [{}]: {}", Words.of(decision.action()), decision.rule(), decision.reason());
    return Optional.of(
        new Entry(
            view.now(),
            name,
            fence,
            decision.rule(),
            Words.of(decision.action()),
            decision.reason(),
            dryRun));
  }

  private Sighting sighting(ClusterView view, Decision decision) {
    return new Sighting(
        view.now(),
        name,
        fence,
        dryRun,
        view.listed(),
        view.progressKnown(),
        view.clusters(),
        view.newest(),
        view.storeToken(),
        Spending.of(limits, view),
        decision.rule() + ": " + decision.reason());
  }

  private void act(ClusterView view, Action action) {
    if (!lease.held()) {
      log.warn("The lease may be over: {} is left to whoever has it", Words.of(action));
      return;
    }
    try {
      take(action);
      meters.acted(action);
    } catch (RefusedException e) {
      meters.refused();
      log.warn("Refused, to be asked again: {}: {}", Words.of(action), e.getMessage());
      memory = memory.refused();
      journal.keep(fence, memory, refusal(view, action, e), Optional.empty());
    }
  }

  private Sighting refusal(ClusterView view, Action action, RefusedException e) {
    Decision refused =
        new Decision(action, "refused", Words.of(action) + ": " + e.getMessage(), memory);
    return sighting(view, refused);
  }

  private void take(Action action) {
    if (action instanceof Launch launch) {
      backend.launch(launch);
    } else if (action instanceof Resubmit resubmit) {
      backend.resubmit(resubmit.clusterId(), resubmit.token());
    } else if (action instanceof Resize resize) {
      backend.resize(resize.clusterId(), resize.units());
    } else if (action instanceof End end) {
      backend.end(end.clusterId());
    }
  }
}
