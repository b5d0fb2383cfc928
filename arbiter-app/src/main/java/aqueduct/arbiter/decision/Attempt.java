// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Instant;

/**
 * A launch from the moment it is decided until its first window is applied, or it has failed.
 *
 * @param asked when the backend was last asked for it
 * @param seen whether the backend has listed it since
 * @param lastSeen when it last did, or was asked
 */
public record Attempt(
    String launchId,
    String spec,
    long token,
    int units,
    Instant asked,
    boolean seen,
    Instant lastSeen) {

  Attempt seenAt(Instant now) {
    return new Attempt(launchId, spec, token, units, asked, true, now);
  }

  Attempt askedAgain(Instant now) {
    return new Attempt(launchId, spec, token, units, now, seen, now);
  }
}
