// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Picks numbers from 0, each as often as its weight says. */
final class Popularity {
  private final double[] upTo;

  private Popularity(double[] upTo) {
    this.upTo = upTo;
  }

  static Popularity of(int count, IntToDoubleFunction weight) {
    double[] upTo = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weight.applyAsDouble(i);
      upTo[i] = sum;
    }
    return new Popularity(upTo);
  }

  /** Zipf's law: the n-th is picked 1/n^s as often as the first. */
  static Popularity zipf(int count, double s) {
    return of(count, i -> 1 / Math.pow(i + 1, s));
  }

  static Popularity of(int... weights) {
    return of(weights.length, i -> weights[i]);
  }

  int pick(SplittableRandom random) {
    int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return Math.min(found < 0 ? -found - 1 : found + 1, upTo.length - 1);
  }
}
