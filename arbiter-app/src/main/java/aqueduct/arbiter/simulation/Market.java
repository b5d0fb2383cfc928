// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import aqueduct.arbiter.decision.LaunchSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Pools and traffic. The same seed is the same market, whatever a policy does in it. */
final class Market {
  private final Map<String, SpotPool> pools = new LinkedHashMap<>();
  private final Map<String, LaunchSpec> specs = new HashMap<>();
  private Map<String, Double> prices = Map.of();
  private final Dice dice;
  private double surgeHours;
  private double load;

  Market(long seed, List<LaunchSpec> specs) {
    this.dice = new Dice(seed);
    for (LaunchSpec spec : specs) {
      this.specs.put(spec.name(), spec);
      if (spec.spot()) {
        pools.put(spec.name(), new SpotPool(spec, new Dice(seed * 31 + pools.size() + 1)));
      }
    }
  }

  void pass(double hours, double hourOfDay) {
    Map<String, Double> now = new HashMap<>();
    pools.forEach(
        (name, pool) -> {
          pool.pass(hours);
          now.put(name, pool.price());
        });
    prices = Map.copyOf(now);
    surgeHours -= hours;
    if (dice.happens(hours / 400)) {
      surgeHours = dice.between(0.5, 3);
    }
    double day = 0.6 + 0.4 * StrictMath.sin(2 * StrictMath.PI * (hourOfDay - 14) / 24);
    load = day * (surgeHours > 0 ? 1.8 : 1) * (1 + 0.05 * dice.bell());
  }

  Map<String, Double> spotPrices() {
    return prices;
  }

  double price(String spec) {
    return prices.getOrDefault(spec, onDemand(spec));
  }

  double onDemand(String spec) {
    return Objects.requireNonNull(specs.get(spec), spec).onDemandPrice();
  }

  boolean dry(String spec) {
    SpotPool pool = pools.get(spec);
    return pool != null && pool.dry();
  }

  double interruptionsPerHour(String spec) {
    SpotPool pool = pools.get(spec);
    return pool == null ? 0 : pool.interruptionsPerHour();
  }

  /** 1 is the top of a usual day. */
  double load() {
    return load;
  }
}
