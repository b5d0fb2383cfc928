// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.raw.RawFile;
import aqueduct.metrics.CorrectedDays.DayState;
import java.time.LocalDate;
import java.util.List;

/**
 * What is to be done to a day.
 *
 * @param state what the day is before it
 * @param files the raw files that the day is made of
 * @param inputs digest of them and of what was erased: the same inputs give the same numbers
 * @param action what to do
 * @param lock whether the day is to be locked
 * @param again count everything anew, whatever the newest version has
 */
record DayPlan(
    LocalDate day,
    DayState state,
    List<RawFile> files,
    String inputs,
    Action action,
    boolean lock,
    boolean again) {
  /** RECOMPUTE makes a new version; LOCK locks the newest there is. */
  enum Action {
    NOTHING,
    LOCK,
    RECOMPUTE
  }

  DayPlan {
    files = List.copyOf(files);
  }

  /** The version that this plan makes. */
  int generation() {
    return state.newest() + 1;
  }

  /** Names the computation: killed and begun again, it goes on with what is there. */
  String attempt() {
    return inputs + "-" + generation();
  }

  long lines() {
    return files.stream().mapToLong(RawFile::lines).sum();
  }
}
