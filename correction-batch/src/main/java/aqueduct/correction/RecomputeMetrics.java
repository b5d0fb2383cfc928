// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.lake.Lake;
import aqueduct.correction.numbers.Buckets;
import aqueduct.correction.numbers.DayCells;
import aqueduct.correction.numbers.DayPeople;
import aqueduct.correction.numbers.NewRows;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.DayVersion;
import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.ExactMeasure;
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
    this.days = days(settings);
    this.counted =
        new CountedFiles(settings.database().pool(), settings.reports(), settings.pages());
  }

  private static CorrectedDays days(CorrectionSettings settings) {
    return settings.database().days(settings.reports());
  }

  /** Whether all rows of the day were counted. */
  boolean run(DayPlan plan, Draft draft) {
    List<DataFile> files = lake.files(plan.day());
    String newest = days.newestVersion(plan.day()).map(DayVersion::attempt).orElse("");
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
    CorrectionSettings to = settings;
    try (Progress ignored =
        Progress.of("recompute-metrics " + draft.day() + ", rows", cells.rows(), rows::value)) {
      cells.count(
          here,
          new DayCells.Recipe(
              settings.reports(),
              settings.partitions(),
              (part, some) -> days(to).stage(draft, part, some),
              rows));
    }
  }

  private void countPeople(List<DataFile> files, Draft draft) {
    CorrectionSettings to = settings;
    people(draft.day())
        .count(files, (part, measures) -> days(to).stageExact(draft, part, measures));
  }

  private DayPeople people(LocalDate day) {
    return new DayPeople(
        spark.get(),
        lake.table(),
        day,
        new DayPeople.Recipe(settings.reports(), settings.partitions(), settings.pages()));
  }
}
