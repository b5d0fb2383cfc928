// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What decisions remember. Kept where the lease is, so that the next arbiter goes on with it.
 *
 * @param lastToken the newest fencing token that was given out
 * @param attempt the launch that is under way
 * @param launches when clusters were asked for, newest last; older than an hour is forgotten
 * @param failures launches in a row that came to nothing
 * @param notBefore no launch earlier than this
 * @param badProbes by cluster: how often in a row it looked sick
 * @param resubmits by cluster: how often its job was started anew
 * @param resting launch specs that are not used until then
 * @param lastTrouble when spot capacity last failed us
 * @param serving the cluster that served at the last look, and its spec
 * @param slowSince since when batches come near the limit
 * @param idleSince since when batches are far from it
 * @param resized when the size was last changed
 * @param units that the serving cluster had at the last look
 */
public record Memory(
    long lastToken,
    Optional<Attempt> attempt,
    List<Instant> launches,
    int failures,
    Instant notBefore,
    Map<String, Integer> badProbes,
    Map<String, Integer> resubmits,
    Map<String, Instant> resting,
    Instant lastTrouble,
    Optional<Served> serving,
    Optional<Instant> slowSince,
    Optional<Instant> idleSince,
    Instant resized,
    int units) {

  /** A cluster that served. */
  public record Served(String clusterId, String spec) {}

  /** The same, when the backend has refused the launch that is under way: it is asked again. */
  public Memory refused() {
    Optional<Attempt> again = attempt.map(a -> a.askedAgain(Instant.EPOCH));
    return new Memory(
        lastToken,
        again,
        launches,
        failures,
        notBefore,
        badProbes,
        resubmits,
        resting,
        lastTrouble,
        serving,
        slowSince,
        idleSince,
        resized,
        units);
  }

  /** Of an arbiter that has never decided anything. */
  public static final Memory NEW =
      new Memory(
          0,
          Optional.empty(),
          List.of(),
          0,
          Instant.EPOCH,
          Map.of(),
          Map.of(),
          Map.of(),
          Instant.EPOCH,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Instant.EPOCH,
          0);
}
