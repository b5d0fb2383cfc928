// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import java.util.SplittableRandom;

/**
 * Chance from a seed, the same on every machine: StrictMath, since Math may differ in the last bit.
 */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  double between(double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  /** Normal, mean 0, deviation 1. */
  double bell() {
    double angle = 2 * StrictMath.PI * random.nextDouble();
    double length = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return length * StrictMath.cos(angle);
  }
}
