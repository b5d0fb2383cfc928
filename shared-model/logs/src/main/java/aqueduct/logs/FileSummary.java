// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.time.Instant;
import java.util.Optional;

/**
 * What streamify made of one file. {@code lines = events + rejected}.
 *
 * @param lines log lines, header lines not counted
 * @param chunks records sent to raw-logs
 * @param events RawLogs in them
 * @param rejected lines that became rejections
 * @param firstEvent earliest event time, absent without events
 * @param lastEvent latest event time, absent without events
 * @param problem the reason of the Rejection of the whole file: why it could not be read (its
 *     format) or not to its end (damage, a limit); absent when it was read whole
 */
public record FileSummary(
    long lines,
    int chunks,
    long events,
    long rejected,
    Optional<Instant> firstEvent,
    Optional<Instant> lastEvent,
    Optional<String> problem) {

  public FileSummary {
    if (lines != events + rejected) {
      throw new IllegalArgumentException(
          "lines " + lines + " != events " + events + " + rejected " + rejected);
    }
  }
}
