// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import aqueduct.arbiter.decision.Rule.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The rules for a cluster that is well: its size and its price. */
final class ThriftRules {
  private ThriftRules() {}

  static Map<String, Rule> inOrder() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    rules.put("behind", ThriftRules::behind);
    rules.put("scale-up", ThriftRules::scaleUp);
    rules.put("cost-spike", ThriftRules::costSpike);
    rules.put("back-to-spot", ThriftRules::backToSpot);
    rules.put("scale-down", ThriftRules::scaleDown);
    rules.put("healthy", given -> Verdict.stay("all is well"));
    return rules;
  }

  private static Optional<Verdict> behind(Case given) {
    Cluster serving = given.situation().serving().orElseThrow();
    return given.behind() && serving.units() < given.limits().scale().maxUnits()
        ? grow(
            given,
            serving,
            given.limits().scale().maxUnits(),
            "the newest metrics are of " + given.view().newest().orElseThrow())
        : Optional.empty();
  }

  private static Optional<Verdict> scaleUp(Case given) {
    Cluster serving = given.situation().serving().orElseThrow();
    Scale scale = given.limits().scale();
    int units = Math.min(scale.maxUnits(), Math.max(serving.units() + 1, fitting(given, serving)));
    boolean due =
        given.memory().slowSince.filter(since -> given.past(since, scale.upAfter())).isPresent();
    if (!due || serving.units() >= scale.maxUnits() || !rested(given, scale.upAfter())) {
      return Optional.empty();
    }
    return grow(given, serving, units, batches(serving) + ", near the limit");
  }

  private static Optional<Verdict> grow(Case given, Cluster serving, int units, String reason) {
    LaunchSpec spec = given.limits().spec(serving.spec());
    return given.affordable(spec, units - serving.units())
        ? Verdict.of(new Action.Resize(serving.id(), units), reason)
        : Verdict.stay(reason + "; but the budget does not allow " + units + " units");
  }

  private static Optional<Verdict> scaleDown(Case given) {
    Cluster serving = given.situation().serving().orElseThrow();
    Scale scale = given.limits().scale();
    int units = Math.max(scale.minUnits(), fitting(given, serving));
    boolean due =
        given.memory().idleSince.filter(since -> given.past(since, scale.downAfter())).isPresent();
    return due && !given.behind() && units < serving.units() && rested(given, scale.downAfter())
        ? Verdict.of(
            new Action.Resize(serving.id(), units), batches(serving) + ", far from the limit")
        : Optional.empty();
  }

  private static boolean rested(Case given, Duration pause) {
    return given.past(given.memory().resized, pause);
  }

  /** Units with which the newest batch would have taken the share that is aimed at. */
  private static int fitting(Case given, Cluster serving) {
    double aim = given.limits().scale().aimAt() * given.limits().batchLimit().toMillis();
    return (int) Math.ceil(serving.units() * serving.work().perWindow().toMillis() / aim);
  }

  private static String batches(Cluster serving) {
    return "batches take "
        + serving.work().perWindow().toSeconds()
        + " s on "
        + serving.units()
        + " units";
  }

  private static Optional<Verdict> costSpike(Case given) {
    Cluster serving = given.situation().serving().orElseThrow();
    LaunchSpec spec = given.limits().spec(serving.spec());
    double price = given.price(spec);
    if (!spec.spot() || price < given.limits().spot().leaveAt() * spec.onDemandPrice()) {
      return Optional.empty();
    }
    return move(
        given,
        serving,
        String.format(
            Locale.ROOT,
            "%s costs $%.3f a unit-hour, on demand $%.3f",
            spec.name(),
            price,
            spec.onDemandPrice()));
  }

  private static Optional<Verdict> backToSpot(Case given) {
    Cluster serving = given.situation().serving().orElseThrow();
    LaunchSpec spec = given.limits().spec(serving.spec());
    if (spec.spot() || !given.past(given.memory().lastTrouble, given.limits().spot().calm())) {
      return Optional.empty();
    }
    return move(given, serving, "nothing has failed since " + given.memory().lastTrouble);
  }

  /** To the preferred spot spec that is worth it, if the budget holds both for a while. */
  private static Optional<Verdict> move(Case given, Cluster serving, String reason) {
    if (given.refused(true).isPresent()) {
      return Optional.empty();
    }
    boolean mayStayOnDemand = given.limits().spec(serving.spec()).spot();
    return given.candidates().stream()
        .filter(spec -> !spec.name().equals(serving.spec()))
        .filter(
            spec ->
                spec.spot()
                    ? given.price(spec) < given.limits().spot().returnAt() * spec.onDemandPrice()
                    : mayStayOnDemand)
        .filter(spec -> given.affordable(spec, serving.units()))
        .findFirst()
        .map(spec -> given.launch(spec, serving.units(), reason));
  }
}
