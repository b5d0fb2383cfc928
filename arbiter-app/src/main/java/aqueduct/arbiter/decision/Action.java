// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

/** What is done about the clusters; one at a time. */
public sealed interface Action {

  /** Nothing. */
  record Stay() implements Action {}

  /**
   * Starts a cluster whose job writes with the token.
   *
   * @param launchId names the launch for ever: the same launch may be asked for again and gives the
   *     same cluster
   */
  record Launch(String launchId, LaunchSpec spec, long token, int units) implements Action {}

  /** Starts the job anew on a cluster that has lost it; it writes with a token of its own. */
  record Resubmit(String clusterId, long token) implements Action {}

  /** Grows or, after draining, shrinks. */
  record Resize(String clusterId, int units) implements Action {}

  /** Ends a cluster and whatever runs on it. */
  record End(String clusterId) implements Action {}
}
