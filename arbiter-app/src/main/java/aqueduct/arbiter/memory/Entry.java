// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.memory;

import java.time.Instant;

/**
 * One line of the decision log.
 *
 * @param arbiter who decided
 * @param fence of its tenure
 * @param rule that decided
 * @param action in words: {@code launch launch-7 spot-a x 2 as writer 7}
 * @param reason what was seen, against which limit
 * @param dryRun whether it was only said
 */
public record Entry(
    Instant at,
    String arbiter,
    long fence,
    String rule,
    String action,
    String reason,
    boolean dryRun) {}
