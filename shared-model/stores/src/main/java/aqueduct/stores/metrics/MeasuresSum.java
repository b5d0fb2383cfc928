// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.metrics.Measures;

/** Measures of many cells -> their sum. */
final class MeasuresSum {
  private Measures sum = Measures.NONE;

  void add(Measures measures) {
    sum = sum.plus(measures);
  }

  Measures sum() {
    return sum;
  }
}
