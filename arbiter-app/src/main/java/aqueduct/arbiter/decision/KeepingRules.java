// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.Rule.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The rules that keep one healthy cluster, in their order. */
final class KeepingRules {
  private KeepingRules() {}

  static Map<String, Rule> inOrder() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    rules.put("not-listed", KeepingRules::notListed);
    rules.put("left-over", KeepingRules::leftOver);
    rules.put("not-seen-yet", KeepingRules::notSeenYet);
    rules.put("hopeless-launch", KeepingRules::hopelessLaunch);
    rules.put("no-cluster", KeepingRules::noCluster);
    rules.put("first-window", KeepingRules::firstWindow);
    rules.put("lost-job", KeepingRules::lostJob);
    rules.put("sick", KeepingRules::sick);
    rules.put("interruption", KeepingRules::interruption);
    rules.put("replacement-comes", KeepingRules::replacementComes);
    return rules;
  }

  private static Optional<Verdict> notListed(Case given) {
    return given.view().listed()
        ? Optional.empty()
        : Verdict.stay(
            "the backend did not say which clusters there are: nothing follows from that");
  }

  /**
   * The old one goes only when the new one has applied; or it is the second of a repeated launch.
   */
  private static Optional<Verdict> leftOver(Case given) {
    return given.situation().leftOver().stream()
        .findFirst()
        .map(
            cluster ->
                new Verdict(
                    new Action.End(cluster.id()),
                    given
                        .situation()
                        .serving()
                        .filter(serving -> serving.token() > cluster.token())
                        .map(
                            serving ->
                                "writer "
                                    + cluster.token()
                                    + " is replaced: "
                                    + serving.id()
                                    + " has applied a window as writer "
                                    + serving.token())
                        .orElse(
                            "nothing needs it: another launch is on its way as writer "
                                + given
                                    .situation()
                                    .coming()
                                    .map(Cluster::token)
                                    .orElse(cluster.token()))));
  }

  private static Optional<Verdict> notSeenYet(Case given) {
    Attempt attempt = given.memory().attempt.filter(a -> !a.seen()).orElse(null);
    if (attempt == null) {
      return Optional.empty();
    }
    if (!given.past(attempt.asked(), given.limits().patience().listing())) {
      return given.situation().serving().isPresent()
          ? Optional.empty()
          : Verdict.stay(attempt.launchId() + " was asked for and is not listed yet");
    }
    return Verdict.of(
        new Action.Launch(
            attempt.launchId(),
            given.limits().spec(attempt.spec()),
            attempt.token(),
            attempt.units()),
        attempt.launchId()
            + (attempt.asked().equals(Instant.EPOCH)
                ? " was refused: once more"
                : " was asked for at " + attempt.asked() + " and never seen: once more"));
  }

  private static Optional<Verdict> hopelessLaunch(Case given) {
    return given
        .situation()
        .coming()
        .flatMap(
            coming ->
                given
                    .sickness(coming)
                    .map(
                        ailment ->
                            new Verdict(
                                new Action.End(coming.id()), "it never served: " + ailment)));
  }

  private static Optional<Verdict> noCluster(Case given) {
    return given.situation().alive().isEmpty()
        ? Optional.of(
            given.launch(given.choice(given.units()), given.units(), "there is no cluster"))
        : Optional.empty();
  }

  private static Optional<Verdict> firstWindow(Case given) {
    return given.situation().serving().isEmpty()
        ? given
            .situation()
            .coming()
            .flatMap(coming -> Verdict.stay("waiting for the first window of " + coming.id()))
        : Optional.empty();
  }

  /** Machines that are healthy get their job back, which is quicker than new machines. */
  private static Optional<Verdict> lostJob(Case given) {
    Cluster serving = given.situation().serving().orElseThrow();
    int most = given.limits().restraint().resubmits();
    if (serving.state() != State.JOBLESS
        || given.situation().coming().isPresent()
        || given.memory().attempt.isPresent()
        || given.memory().resubmits.getOrDefault(serving.id(), 0) >= most) {
      return Optional.empty();
    }
    return given
        .sickness(serving)
        .map(
            ailment ->
                new Verdict(
                    new Action.Resubmit(serving.id(), given.memory().lastToken + 1), ailment));
  }

  private static Optional<Verdict> sick(Case given) {
    Cluster serving = given.situation().serving().orElseThrow();
    return given.sickness(serving).map(ailment -> replace(given, serving.id() + ": " + ailment));
  }

  private static Optional<Verdict> interruption(Case given) {
    Cluster serving = given.situation().serving().orElseThrow();
    return serving
        .interruption()
        .map(
            notice ->
                replace(given, serving.id() + " will be taken away, as was said at " + notice));
  }

  /** Starts the replacement; the one that serves goes on until then, if it can. */
  private static Verdict replace(Case given, String reason) {
    if (given.situation().coming().isPresent() || given.memory().attempt.isPresent()) {
      return new Verdict(new Action.Stay(), reason + "; its replacement is on its way");
    }
    LaunchSpec spec = given.choice(given.units());
    Cluster serving = given.situation().serving().orElseThrow();
    if (!given.affordable(spec, given.units())
        && given.refused(false).isEmpty()
        && given.sickness(serving).isPresent()) {
      return new Verdict(
          new Action.End(serving.id()),
          reason + "; the budget does not allow two clusters, so it goes first");
    }
    return given.launch(spec, given.units(), reason);
  }

  private static Optional<Verdict> replacementComes(Case given) {
    return given.situation().coming().isPresent() || given.memory().attempt.isPresent()
        ? Verdict.stay("all is well; a replacement is on its way to its first window")
        : Optional.empty();
  }
}
