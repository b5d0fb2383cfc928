// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Instant;
import java.util.Optional;

/**
 * One cluster as its backend and the metric store show it.
 *
 * @param id the backend's
 * @param launchId the launch that made it
 * @param spec name of the launch spec
 * @param token fencing token of the job that was last submitted to it
 * @param detail why it is in its state; may be empty
 * @param since when it was started, or its job was last submitted
 * @param units what runs of it
 * @param interruption when it was announced that part of it will be taken away
 * @param work what its job has done
 */
public record Cluster(
    String id,
    String launchId,
    String spec,
    long token,
    State state,
    String detail,
    Instant since,
    int units,
    Optional<Instant> interruption,
    Work work) {

  /** Of a cluster and its job. */
  public enum State {
    /** Machines or the job are on their way. */
    STARTING,
    /** The job runs. */
    RUNNING,
    /** The machines are there, the job has ended. */
    JOBLESS,
    /** The job runs, but what would heal the cluster is gone. */
    DEGRADED,
    /** On its way out. */
    ENDING,
    /** Gone. */
    ENDED
  }

  boolean alive() {
    return state != State.ENDING && state != State.ENDED;
  }

  boolean serving() {
    return alive() && work.firstApplied().isPresent();
  }

  /** The same, with what its writer has done. */
  public Cluster with(Work done) {
    return new Cluster(id, launchId, spec, token, state, detail, since, units, interruption, done);
  }
}
