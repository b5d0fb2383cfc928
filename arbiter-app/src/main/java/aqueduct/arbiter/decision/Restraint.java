// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Duration;

/**
 * What keeps the arbiter from doing harm.
 *
 * @param launchesPerHour no more than these
 * @param firstBackOff pause after a launch that came to nothing; doubles with each in a row
 * @param longestBackOff no pause is longer
 * @param budgetPerHour in dollars, of all clusters together; the one that serves is never ended for
 *     it
 * @param resubmits of a job on one cluster, before the cluster is replaced
 */
public record Restraint(
    int launchesPerHour,
    Duration firstBackOff,
    Duration longestBackOff,
    double budgetPerHour,
    int resubmits) {}
