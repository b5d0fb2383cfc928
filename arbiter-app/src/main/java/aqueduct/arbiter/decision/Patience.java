// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Duration;

/**
 * How long something may look wrong before it is.
 *
 * @param start from launch to first applied window
 * @param progress from one applied window to the next
 * @param heartbeat between two signs of a driver
 * @param listing until a launched cluster must have been listed
 * @param probes how often in a row a cluster must look sick
 */
public record Patience(
    Duration start, Duration progress, Duration heartbeat, Duration listing, int probes) {}
