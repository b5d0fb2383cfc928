// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of every file, durably: the reason why a file is streamified once, however often and
 * however late its notice comes. Writes are conditional; a worker that lost its lease is fenced out
 * by the version. Rows outlive any redrive (15 days or more).
 */
public interface FileLedger {

  /**
   * Claims the file for {@code worker} until {@code now + lease}, or says why not. An expired claim
   * of another worker is taken over under a higher version.
   */
  Claim claim(LogFile file, String worker, Instant now, Duration lease);

  /**
   * Extends the claim. False when it was lost: the worker must stop and let the queue redeliver.
   */
  boolean extend(Claim.Claimed claim, Instant now, Duration lease);

  /**
   * Records that Kinesis has taken the file's last chunk. False when the claim was lost. Repeating
   * it with the same claim and summary is harmless.
   */
  boolean finish(Claim.Claimed claim, FileSummary summary, Instant now);

  /** Gives the claim up, so that the next notice can take the file at once. */
  void release(Claim.Claimed claim);

  Optional<Entry> find(long fileId);

  /** All entries, in no order. Reads pages as the stream is consumed. */
  Stream<Entry> entries();

  /** The answer to a claim. */
  sealed interface Claim {
    /** The caller is the one worker. {@code version} fences all later writes. */
    record Claimed(long fileId, String worker, long version) implements Claim {}

    /** The file was streamified before: count the notice as a duplicate and acknowledge it. */
    record AlreadyDone(Entry entry) implements Claim {}

    /** Another worker streams it now: let the notice come back after {@code until}. */
    record HeldByAnother(String worker, Instant until) implements Claim {}
  }

  /**
   * One file's row.
   *
   * @param repeats notices that came after the file was done
   */
  record Entry(
      LogFile file, State state, long version, long repeats, Optional<FileSummary> summary) {}

  /** CLAIMED: a worker streams it, or died doing so. DONE: all of it is in the pipe. */
  enum State {
    CLAIMED,
    DONE
  }
}
