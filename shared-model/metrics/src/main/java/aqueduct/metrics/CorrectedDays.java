// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The generations of a day beside its live numbers, and which of them is shown. Generation 0 is
 * what the live path counts, and goes on counting; a correction writes generation 1, 2, ... as a
 * draft that nobody sees, and publishes it at one stroke. A store of metrics offers this or not;
 * one that does not, does not implement this type.
 *
 * <p>A correction: {@link #begin}, then list the day's raw files (in this order: what the live path
 * added before begin is then in the list, and counts as covered), {@link #stage} every cell that is
 * not {@link #carry carried} over, and every exact measure, {@link #publish}. Killed anywhere, the
 * same attempt goes on with what is staged; a repeat of any call changes nothing.
 */
public interface CorrectedDays {

  /**
   * Opens the day's draft. There is one per day: with the attempt that it has already it is gone on
   * with, parts included; with another it is emptied and taken over, and the earlier owner's calls
   * fail with {@link ReplacedException}.
   *
   * @param attempt names what is computed, such as a hash of the inputs; same attempt, same numbers
   */
  Draft begin(LocalDate day, String attempt);

  /**
   * Adds cells to the draft. A part that is staged already is not read again, so tasks may be
   * repeated. A cell stands in one part only.
   *
   * @param part names the slice of the work, such as a partition's number
   * @throws IllegalArgumentException if a cell is of another day
   */
  void stage(Draft draft, String part, Iterator<MetricDelta> cells);

  /**
   * Adds the cells of a published generation of the day to the draft, as one part: all but those of
   * the buckets that are counted anew.
   *
   * @param without starts of 5-minute buckets
   * @throws IllegalArgumentException if that generation was never published or is swept
   */
  void carry(Draft draft, int generation, Set<Instant> without);

  /** Adds exact measures to the draft; parts are named apart from those of {@link #stage}. */
  void stageExact(Draft draft, String part, Iterator<ExactMeasure> measures);

  /**
   * In one short transaction: the draft becomes a version of the day, with an audit row that holds
   * the difference to what was shown; and, as asked, is shown and locked. A window of the live path
   * is wholly before or after it. An attempt that is published already is answered again.
   */
  DayVersion publish(Draft draft, Publication publication);

  /**
   * Shows a published generation and locks the day.
   *
   * @throws IllegalArgumentException if that generation was never published or is swept. Generation
   *     0 cannot be locked, since the live path would change it
   */
  void lock(LocalDate day, int generation, String who, String why);

  /** Opens the day again; it goes on showing what it shows until something is published. */
  void unlock(LocalDate day, String who, String why);

  /** Every day that holds metrics, oldest first. */
  List<DayState> states();

  /** One day; absent if it holds no metrics. */
  Optional<DayState> state(LocalDate day);

  /** What was done to the day, oldest first: versions published, locks, unlocks. */
  List<DayVersion> history(LocalDate day);

  /** The version that was published last; absent if none was. */
  default Optional<DayVersion> newestVersion(LocalDate day) {
    return history(day).stream()
        .filter(version -> version.action() == Action.PUBLISHED)
        .reduce((older, newer) -> newer);
  }

  /** What the live path added to the day and no correction has covered, by window. */
  List<LiveAddition> uncovered(LocalDate day);

  /** Sums per report and counter, of two generations of a day; only those that differ. */
  List<Difference> compare(LocalDate day, int generation, int other);

  /** As {@link MetricStore#query}, but of one generation; a day that lacks it gives no row. */
  List<MetricRow> query(MetricQuery query, int generation);

  /** The exact measures of a day's generation; none in generation 0. */
  List<ExactMeasure> exact(LocalDate day, int generation);

  /**
   * Deletes the numbers of old generations: not live, not shown, not among a day's newest {@code
   * keep}; and drafts that were begun longer ago than {@code abandoned}. History stays.
   *
   * @return how many generations and drafts were deleted
   */
  int sweep(int keep, Duration abandoned);

  /** A day's generation in the making. */
  record Draft(LocalDate day, int generation, String attempt, Instant begunAt)
      implements Serializable {}

  /** What becomes of the day with a new version. */
  enum Shown {
    /**
     * The version is kept beside; the day shows what it showed. For an open day whose live numbers
     * the version confirms: late events go on adding to it at once.
     */
    BESIDE,
    /** The day shows the version; what the live path adds later waits for the next one. */
    SHOWN,
    /** As SHOWN, and the day is locked. */
    LOCKED
  }

  /**
   * How to publish.
   *
   * @param who a person or a job
   * @param why the reason that the audit keeps
   * @param inputs what the version was made of, such as the address of a manifest
   */
  record Publication(Shown shown, String who, String why, String inputs) {}

  /**
   * What a day is now.
   *
   * @param shown the generation that readers see
   * @param newest the newest generation that was published; 0 if none was
   * @param uncoveredEvents events that the live path added and no correction has covered; on a day
   *     that shows generation 1 or more they wait beside the number
   */
  record DayState(LocalDate day, int shown, boolean locked, int newest, long uncoveredEvents) {}

  /**
   * One row of a day's audit.
   *
   * @param generation the version that was published; at a lock or unlock, what the day shows
   * @param attempt what {@link #begin} was told; empty at a lock or unlock
   * @param difference to what was shown before
   */
  record DayVersion(
      LocalDate day,
      Action action,
      int generation,
      String attempt,
      Instant at,
      String who,
      String why,
      String inputs,
      List<Difference> difference) {}

  /** What was done to a day. */
  enum Action {
    PUBLISHED,
    LOCKED,
    UNLOCKED
  }

  /** A counter's sum over a report's day, before and after. */
  record Difference(String report, String measure, long before, long after) {}

  /**
   * Events that one window of the live path added to a day.
   *
   * @param shown the generation that the day showed then; from 1 on the number shown lacks them
   */
  record LiveAddition(LocalDate day, Instant windowStart, Instant at, long events, int shown) {}

  /** Thrown to the owner of a draft that another attempt has taken over. */
  final class ReplacedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReplacedException(String message) {
      super(message);
    }
  }
}
