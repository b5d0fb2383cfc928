// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.util.List;

/**
 * One way to start a cluster. Specs stand in the order in which they are preferred: types, then
 * zones, then on demand.
 *
 * @param name unique
 * @param instanceTypes any of which will do
 * @param zone where; empty: anywhere
 * @param spot whether it may be taken away, at a price that moves
 * @param onDemandPrice of one unit for an hour, in dollars
 */
public record LaunchSpec(
    String name, List<String> instanceTypes, String zone, boolean spot, double onDemandPrice) {

  public LaunchSpec {
    instanceTypes = List.copyOf(instanceTypes);
    if (name.isBlank() || !(onDemandPrice >= 0)) {
      throw new IllegalArgumentException(
          "launch spec '" + name + "': needs a name, and a price of 0 or more");
    }
  }
}
