// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.lake.Lake;
import aqueduct.correction.numbers.Buckets;
import aqueduct.correction.numbers.DayCells;
import aqueduct.correction.numbers.DayPeople;
import aqueduct.correction.numbers.NewRows;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.Action;
import aqueduct.metrics.CorrectedDays.DayVersion;
import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.ExactMeasure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * A day's parquet -> the draft of its next version. Where files only came to those that the newest
 * version counted, what they touch is counted anew and the rest is taken over: the numbers are
 * those of a count of all rows.
 */
final class RecomputeMetrics {
  private final Supplier<JavaSparkContext> spark;
  private final CorrectionSettings settings;
  private final Lake lake;
  private final CorrectedDays days;
  private final CountedFiles counted;

  RecomputeMetrics(Supplier<JavaSparkContext> spark, CorrectionSettings settings, Lake lake) {
    this.spark = spark;
    this.settings = settings;
    this.lake = lake;
    this.days = settings.database().days(settings.reports());
    this.counted = new CountedFiles(settings.database().pool(), settings.reports());
  }

  /** Whether all rows of the day were counted. */
  boolean run(DayPlan plan, Draft draft) {
    List<DataFile> files = lake.files(plan.day());
    String newest = newestAttempt(plan.day());
    Optional<Addition> addition =
        plan.again() || newest.isEmpty()
            ? Optional.empty()
            : Addition.of(files, counted.of(plan.day(), newest));
    if (addition.isPresent()) {
      countWhatCame(plan.state().newest(), addition.get(), files, draft);
    } else {
      countCells(Buckets.all(plan.day()), files, draft);
      KillPoint.at("between cells and exact measures");
      countPeople(files, draft);
    }
    counted.note(draft, newest, files.stream().map(DataFile::location).toList());
    return addition.isEmpty();
  }

  private String newestAttempt(LocalDate day) {
    return days.history(day).stream()
        .filter(version -> version.action() == Action.PUBLISHED)
        .reduce((older, newer) -> newer)
        .map(DayVersion::attempt)
        .orElse("");
  }

  private void countWhatCame(int newest, Addition addition, List<DataFile> files, Draft draft) {
    NewRows rows = NewRows.of(spark.get(), lake.table(), draft.day(), addition.added());
    days.carry(draft, newest, rows.buckets().starts());
    countCells(rows.buckets(), files, draft);
    KillPoint.at("between cells and exact measures");
    Optional<List<ExactMeasure>> people =
        people(draft.day())
            .change(addition.counted(), addition.added(), rows.visitors())
            .next(days.exact(draft.day(), newest));
    if (people.isPresent()) {
      days.stageExact(draft, "gone on with", people.get().iterator());
    } else {
      countPeople(files, draft);
    }
  }

  @SuppressWarnings("try") // the progress only has to be open
  private void countCells(Buckets buckets, List<DataFile> files, Draft draft) {
    JavaSparkContext here = spark.get();
    LongAccumulator rows = here.sc().longAccumulator("rows");
    DayCells cells = new DayCells(lake.table(), buckets, files);
    Sinks to = new Sinks(settings, draft);
    try (Progress ignored =
        Progress.of("recompute-metrics " + draft.day() + ", rows", cells.rows(), rows::value)) {
      cells.count(
          here,
          new DayCells.Recipe(
              settings.reports(),
              settings.partitions(),
              (part, some) -> to.days().stage(to.draft(), part, some),
              rows));
    }
  }

  private void countPeople(List<DataFile> files, Draft draft) {
    Sinks to = new Sinks(settings, draft);
    people(draft.day())
        .count(files, (part, measures) -> to.days().stageExact(to.draft(), part, measures));
  }

  private DayPeople people(LocalDate day) {
    return new DayPeople(spark.get(), lake.table(), day, settings.reports(), settings.partitions());
  }

  /** The draft, for executors: Draft itself does not travel. */
  private record Sinks(
      CorrectionSettings settings, LocalDate day, int generation, String attempt, Instant begunAt)
      implements java.io.Serializable {
    Sinks(CorrectionSettings settings, Draft draft) {
      this(settings, draft.day(), draft.generation(), draft.attempt(), draft.begunAt());
    }

    CorrectedDays days() {
      return settings.database().days(settings.reports());
    }

    Draft draft() {
      return new Draft(day, generation, attempt, begunAt);
    }
  }
}
