// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import aqueduct.arbiter.decision.Work;
import aqueduct.arbiter.decision.Work.Busy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The metric store's rules: windows in order, each once, and no writer whose token is older than
 * one that has written. {@code fenced} false takes the last rule away, to see that it is needed.
 */
final class SimulatedStore {
  private final boolean fenced;
  private final Map<Long, Work> works = new HashMap<>();
  private long windows;
  private long token;
  private long refused;
  private long olderWrote;
  private long repeats;

  SimulatedStore(boolean fenced) {
    this.fenced = fenced;
  }

  /** False: the writer is fenced and must stop. */
  boolean apply(long writer, long from, long count, Instant at, Duration took) {
    if (writer < token && fenced) {
      refused++;
      return false;
    }
    boolean older = writer < token;
    token = Math.max(token, writer);
    if (from != windows) {
      repeats++;
      return true;
    }
    olderWrote += older ? 1 : 0;
    windows += count;
    Work old = works.getOrDefault(writer, Work.NONE);
    works.put(
        writer,
        new Work(
            old.firstApplied().or(() -> Optional.of(at)),
            Optional.of(at),
            Optional.of(at),
            Optional.empty(),
            took.dividedBy(count)));
    return true;
  }

  void beat(long writer, Instant at, Optional<Busy> busy) {
    Work work = work(writer);
    works.put(
        writer,
        new Work(work.firstApplied(), work.lastApplied(), Optional.of(at), busy, work.perWindow()));
  }

  Work work(long writer) {
    return works.getOrDefault(writer, Work.NONE);
  }

  void forget(long writer) {
    works.remove(writer);
  }

  long windows() {
    return windows;
  }

  long token() {
    return token;
  }

  /** Writes that a fenced writer tried. */
  long refused() {
    return refused;
  }

  /** Writes of an older writer after a newer one: must be none. */
  long olderWrote() {
    return olderWrote;
  }

  /** Windows that a second writer found applied. */
  long repeats() {
    return repeats;
  }
}
