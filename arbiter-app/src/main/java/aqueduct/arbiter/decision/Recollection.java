// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import aqueduct.arbiter.decision.Memory.Served;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A memory that is being brought up to date, from the old one to the one that is kept. */
final class Recollection {
  private static final Duration HOUR = Duration.ofHours(1);
  long lastToken;
  Optional<Attempt> attempt;
  final List<Instant> launches;
  int failures;
  Instant notBefore;
  final Map<String, Integer> badProbes;
  final Map<String, Integer> resubmits;
  final Map<String, Instant> resting;
  Instant lastTrouble;
  Optional<Served> serving;
  Optional<Instant> slowSince;
  Optional<Instant> idleSince;
  Instant resized;
  int units;

  Recollection(Memory old, Instant now) {
    lastToken = old.lastToken();
    attempt = old.attempt();
    launches = new ArrayList<>(old.launches());
    launches.removeIf(launch -> launch.isBefore(now.minus(HOUR)));
    failures = old.failures();
    notBefore = old.notBefore();
    badProbes = new HashMap<>(old.badProbes());
    resubmits = new HashMap<>(old.resubmits());
    resting = new HashMap<>(old.resting());
    resting.values().removeIf(until -> !until.isAfter(now));
    lastTrouble = old.lastTrouble();
    serving = old.serving();
    slowSince = old.slowSince();
    idleSince = old.idleSince();
    resized = old.resized();
    units = old.units();
  }

  Memory memory() {
    return new Memory(
        lastToken,
        attempt,
        List.copyOf(launches),
        failures,
        notBefore,
        Map.copyOf(badProbes),
        Map.copyOf(resubmits),
        Map.copyOf(resting),
        lastTrouble,
        serving,
        slowSince,
        idleSince,
        resized,
        units);
  }
}
