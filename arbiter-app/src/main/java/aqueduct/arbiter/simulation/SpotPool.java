// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import aqueduct.arbiter.decision.LaunchSpec;

/**
 * One made-up pool of spot machines: a price that wanders about a third of the on-demand price and
 * now and then jumps, and a scarcity that goes with it.
 */
final class SpotPool {
  private static final double USUAL = 0.33;
  private static final double PULL_PER_HOUR = 0.05;
  private static final double UNREST_PER_HOUR = 0.06;
  private static final double SPIKES_PER_HOUR = 1 / 300.0;
  private static final double DROUGHTS_PER_HOUR = 1 / 200.0;
  private final LaunchSpec spec;
  private final Dice dice;
  private double level;
  private double spikeHours;
  private double spike = 1;
  private double droughtHours;

  SpotPool(LaunchSpec spec, Dice dice) {
    this.spec = spec;
    this.dice = dice;
  }

  void pass(double hours) {
    level +=
        -PULL_PER_HOUR * level * hours + UNREST_PER_HOUR * StrictMath.sqrt(hours) * dice.bell();
    spikeHours -= hours;
    droughtHours -= hours;
    if (dice.happens(SPIKES_PER_HOUR * hours)) {
      spikeHours = dice.between(0.5, 8);
      spike = dice.between(2, 5);
    }
    if (dice.happens(DROUGHTS_PER_HOUR * hours)) {
      droughtHours = dice.between(0.5, 6);
    }
  }

  double price() {
    double share = USUAL * StrictMath.exp(level) * (spikeHours > 0 ? spike : 1);
    return spec.onDemandPrice() * Math.min(share, 1.6);
  }

  boolean dry() {
    return droughtHours > 0;
  }

  /** How often a cluster here is taken away. */
  double interruptionsPerHour() {
    return dry() ? 0.5 : spikeHours > 0 ? 0.2 : 0.01;
  }
}
