// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.lake.Lake;
import aqueduct.correction.numbers.DayCells;
import aqueduct.correction.numbers.DayCells.Recipe;
import aqueduct.correction.numbers.DayPeople;
import aqueduct.metrics.CorrectedDays.Draft;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/** A day's parquet -> the draft of its next version. */
final class RecomputeMetrics {
  private final Supplier<JavaSparkContext> spark;
  private final CorrectionSettings settings;
  private final Lake lake;

  RecomputeMetrics(Supplier<JavaSparkContext> spark, CorrectionSettings settings, Lake lake) {
    this.spark = spark;
    this.settings = settings;
    this.lake = lake;
  }

  @SuppressWarnings("try") // the progress only has to be open
  void run(Draft draft) {
    List<DataFile> files = lake.files(draft.day());
    JavaSparkContext here = spark.get();
    LongAccumulator rows = here.sc().longAccumulator("rows");
    CorrectionSettings to = settings;
    LocalDate day = draft.day();
    int generation = draft.generation();
    String attempt = draft.attempt();
    Instant begunAt = draft.begunAt();
    long most = files.stream().mapToLong(DataFile::recordCount).sum();
    try (Progress ignored =
        Progress.of("recompute-metrics " + draft.day() + ", rows", most, rows::value)) {
      DayCells.count(
          here,
          lake.table(),
          draft.day(),
          files,
          new Recipe(
              settings.reports(),
              settings.partitions(),
              (part, cells) ->
                  to.database()
                      .days(to.reports())
                      .stage(new Draft(day, generation, attempt, begunAt), part, cells),
              rows));
    }
    KillPoint.at("between cells and exact measures");
    DayPeople.count(
        here,
        lake.table(),
        draft.day(),
        files,
        new DayPeople.Recipe(
            settings.reports(),
            settings.partitions(),
            (part, measures) ->
                to.database()
                    .days(to.reports())
                    .stageExact(new Draft(day, generation, attempt, begunAt), part, measures)));
  }
}
