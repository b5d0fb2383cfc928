// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.memory;

import aqueduct.arbiter.decision.Cluster;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the acting arbiter last saw.
 *
 * @param newest end of the newest applied window
 * @param storeToken the newest writer's
 * @param dollarsPerHour of all clusters that live
 * @param verdict the rule and reason of the last decision
 */
public record Sighting(
    Instant at,
    String arbiter,
    long fence,
    boolean dryRun,
    boolean listed,
    boolean progressKnown,
    List<Cluster> clusters,
    Optional<Instant> newest,
    long storeToken,
    double dollarsPerHour,
    String verdict) {}
