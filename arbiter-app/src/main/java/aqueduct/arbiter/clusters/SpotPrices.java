// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters;

import java.util.Map;

/** What a unit costs for an hour, by launch spec. Absent where it is not known. */
public interface SpotPrices {
  Map<String, Double> now();
}
