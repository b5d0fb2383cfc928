// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Duration;

/**
 * When spot capacity is used.
 *
 * @param leaveAt share of the on-demand price at which a spot cluster is replaced
 * @param returnAt share of the on-demand price below which spot is worth a move
 * @param rest how long a spec that failed is not used
 * @param calm how long nothing may have failed before spot is tried again
 */
public record SpotRule(double leaveAt, double returnAt, Duration rest, Duration calm) {}
