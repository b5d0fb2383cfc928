// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Action.Resize;
import aqueduct.arbiter.decision.Action.Resubmit;
import aqueduct.arbiter.decision.Rule.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is seen -> the one action that keeps a healthy cluster alive, with the rule and the reason.
 * The same view always gives the same decision.
 */
public final class Arbiter implements Policy {
  private final Limits limits;
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  public Arbiter(Limits limits) {
    this.limits = limits;
    rules.putAll(KeepingRules.inOrder());
    rules.putAll(ThriftRules.inOrder());
  }

  @Override
  public Decision decide(ClusterView view) {
    Recollection memory = Observation.remember(limits, view);
    Case given = new Case(limits, view, Situation.of(view.clusters()), memory);
    for (Map.Entry<String, Rule> rule : rules.entrySet()) {
      Optional<Verdict> verdict = rule.getValue().apply(given);
      if (verdict.isPresent()) {
        Action action = verdict.get().action();
        note(memory, action, view.now());
        return new Decision(action, rule.getKey(), verdict.get().reason(), memory.memory());
      }
    }
    throw new IllegalStateException("the last rule always decides");
  }

  /** What must be remembered before the action is taken. */
  private static void note(Recollection memory, Action action, Instant now) {
    if (action instanceof Launch launch) {
      if (launch.token() > memory.lastToken) {
        memory.lastToken = launch.token();
        memory.launches.add(now);
      }
      memory.attempt =
          Optional.of(
              memory
                  .attempt
                  .filter(attempt -> attempt.launchId().equals(launch.launchId()))
                  .map(attempt -> attempt.askedAgain(now))
                  .orElseGet(
                      () ->
                          new Attempt(
                              launch.launchId(),
                              launch.spec().name(),
                              launch.token(),
                              launch.units(),
                              now,
                              false,
                              now)));
    } else if (action instanceof Resubmit resubmit) {
      memory.lastToken = resubmit.token();
      memory.resubmits.merge(resubmit.clusterId(), 1, Integer::sum);
      memory.badProbes.remove(resubmit.clusterId());
    } else if (action instanceof Resize) {
      memory.resized = now;
      memory.slowSince = Optional.empty();
      memory.idleSince = Optional.empty();
    }
  }
}
