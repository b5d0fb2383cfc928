// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import java.time.Duration;

/**
 * What became of a policy.
 *
 * @param fresh share of the time in which the newest metrics were at most 15 minutes old
 * @param staleHours the rest
 * @param longestStale the longest stretch of it
 * @param cost in dollars
 * @param alwaysOnDemand what a cluster on demand, large enough for every surge, would have cost
 * @param launches clusters asked for
 * @param mostAlive clusters at one time
 * @param mostLaunches within one hour
 * @param mostSpending in dollars per hour, at one time
 * @param refusedWrites of writers that had been replaced, and were kept out by their token
 * @param olderWrites of such writers that were let in
 */
public record Outcome(
    String policy,
    long hours,
    double fresh,
    double staleHours,
    Duration longestStale,
    double cost,
    double alwaysOnDemand,
    int launches,
    int mostAlive,
    int mostLaunches,
    double mostSpending,
    long refusedWrites,
    long olderWrites) {

  public double costShare() {
    return cost / alwaysOnDemand;
  }
}
