// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static java.util.stream.Collectors.joining;

import aqueduct.correction.RebuildParquet.Rebuilt;
import aqueduct.correction.lake.Lake;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.Difference;
import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.CorrectedDays.Publication;
import aqueduct.metrics.CorrectedDays.Shown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One day's way to its next version, in steps that may each be repeated: what a step left is found
 * by the next, in the lake and in the metric store.
 */
final class DayCorrection {
  private static final Logger log = LoggerFactory.getLogger(DayCorrection.class);
  private static final int MOST_SHOWN = 5;
  private final DayPlan plan;
  private final Tombstones tombstones;
  private final Parts parts;
  private final Reason reason;
  private boolean counted = true;
  private @Nullable List<Difference> found;

  /** What the steps are done with. */
  record Parts(
      CorrectedDays days,
      Lake lake,
      DaySnapshot snapshot,
      RebuildParquet rebuild,
      RecomputeMetrics recompute) {}

  /** Who corrects, and why: the audit keeps it. */
  record Reason(String who, String why) {}

  DayCorrection(DayPlan plan, Tombstones tombstones, Parts parts, Reason reason) {
    this.plan = plan;
    this.tombstones = tombstones;
    this.parts = parts;
    this.reason = reason;
  }

  DayPlan plan() {
    return plan;
  }

  void snapshotDatasets() {
    parts.snapshot.datasets(plan.day());
  }

  void collectDays() {
    parts.snapshot.manifest(plan);
  }

  void rebuildParquet() {
    Rebuilt rebuilt = parts.rebuild.run(plan, tombstones);
    log.info(
        "{}: {} of {} raw files read; {} files of the lake written, {} replaced; {} rows",
        plan.day(),
        rebuilt.filesRead(),
        plan.files().size(),
        rebuilt.written(),
        rebuilt.removed(),
        rebuilt.rows());
  }

  void recomputeMetrics() {
    counted = parts.recompute.run(plan, draft());
  }

  private Draft draft() {
    return parts.days.begin(plan.day(), plan.attempt());
  }

  /** Reports what the live path counted otherwise. */
  void compare() {
    found = difference(draft().generation());
    for (Difference difference : found) {
      log.warn(
          "{}: {} {}: live {}, corrected {}",
          plan.day(),
          difference.report(),
          difference.measure(),
          difference.before(),
          difference.after());
    }
  }

  private List<Difference> difference(int generation) {
    return parts.days.compare(plan.day(), 0, generation);
  }

  void publish() {
    Draft draft = draft();
    Shown shown =
        plan.lock()
            ? Shown.LOCKED
            : plan.state().shown() == 0 && difference(draft.generation()).isEmpty()
                ? Shown.BESIDE
                : Shown.SHOWN;
    parts.days.publish(
        draft,
        new Publication(
            shown,
            reason.who(),
            reason.why(),
            plan.inputs() + " of " + plan.files().size() + " files, attempt " + plan.attempt()));
  }

  /** Without those that an erasure explains: it lowers numbers, and never the live ones. */
  private List<Difference> unerased(List<Difference> differences) {
    return tombstones.lower()
        ? differences.stream().filter(d -> d.after() > d.before()).toList()
        : differences;
  }

  private static String text(Difference difference) {
    return "%s %s %d, corrected %d"
        .formatted(
            difference.report(), difference.measure(), difference.before(), difference.after());
  }

  /** What was done; an alarm is told with what is published. */
  Outcome outcome(String result, Alarm alarm, Instant now, double seconds) {
    CorrectedDays.DayState state = parts.days.state(plan.day()).orElse(plan.state());
    boolean told = result.equals("published");
    List<Difference> differences =
        told && found != null
            ? found
            : state.newest() == 0 ? List.of() : difference(state.newest());
    List<Difference> alarms = told ? alarm.of(plan.day(), unerased(differences), now) : List.of();
    if (!alarms.isEmpty()) {
      log.error(
          "ALARM {}: {} numbers of the live count are off by more than {} %: {}. Was a notice lost"
              + " (backfill), or a stream's record?",
          plan.day(),
          alarms.size(),
          100 * alarm.threshold(),
          alarms.stream().limit(MOST_SHOWN).map(DayCorrection::text).collect(joining(", ")));
    }
    return new Outcome(
        plan.day(),
        result,
        state.newest(),
        state.shown(),
        state.locked(),
        plan.files().size(),
        parts.lake.files(plan.day()).stream().mapToLong(f -> f.recordCount()).sum(),
        told && counted,
        differences,
        !alarms.isEmpty(),
        seconds);
  }
}
