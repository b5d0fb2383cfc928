// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a decision rests on.
 *
 * @param listed whether the backend answered; if not, {@code clusters} is empty and means nothing
 * @param progressKnown whether the metric store answered; if not, no {@link Work} means anything
 * @param clusters all of ours, also some that have ended
 * @param storeToken the newest token that the metric store has seen
 * @param newest end of the newest applied window, whoever wrote it
 * @param spotPrices of one unit for an hour, by launch spec; absent where unknown
 * @param memory what the last decision left
 */
public record ClusterView(
    Instant now,
    boolean listed,
    boolean progressKnown,
    List<Cluster> clusters,
    long storeToken,
    Optional<Instant> newest,
    Map<String, Double> spotPrices,
    Memory memory) {}
