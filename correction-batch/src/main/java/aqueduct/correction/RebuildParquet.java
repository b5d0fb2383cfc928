// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.BundleTask.Bundle;
import aqueduct.correction.BundleTask.Bundled;
import aqueduct.correction.LakeInputs.Input;
import aqueduct.correction.lake.Lake;
import aqueduct.correction.raw.RawFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * A day's raw files -> the day's parquet. Only what is missing is read: files that the lake has
 * stay, files that are cut, gone or hold what should not be there are made anew from their raw
 * files, and all of it becomes visible by one commit.
 */
final class RebuildParquet {
  private static final long FEWEST_LINES = 50_000;
  private static final long MOST_LINES = 1_500_000;
  private final Supplier<JavaSparkContext> spark;
  private final CorrectionSettings settings;
  private final Lake lake;
  private final LakeInputs account;

  RebuildParquet(
      Supplier<JavaSparkContext> spark,
      CorrectionSettings settings,
      Lake lake,
      LakeInputs account) {
    this.spark = spark;
    this.settings = settings;
    this.lake = lake;
    this.account = account;
  }

  /** What was done. */
  record Rebuilt(int filesRead, int written, int removed, long rows) {}

  Rebuilt run(DayPlan plan, Tombstones tombstones) {
    List<DataFile> live = lake.files(plan.day());
    Map<Long, RawFile> wanted =
        plan.files().stream().collect(Collectors.toMap(RawFile::fileId, Function.identity()));
    Set<String> whole =
        live.stream().filter(this::isWhole).map(DataFile::location).collect(Collectors.toSet());
    List<Input> have = account.of(plan.day(), whole);
    Set<String> unwanted =
        have.stream()
            .filter(input -> !wanted.containsKey(input.fileId()) && !input.path().isEmpty())
            .map(Input::path)
            .collect(Collectors.toCollection(HashSet::new));
    Map<Long, RawFile> missing = new HashMap<>(wanted);
    have.stream()
        .filter(input -> !unwanted.contains(input.path()))
        .forEach(input -> missing.remove(input.fileId()));
    Set<String> accounted = have.stream().map(Input::path).collect(Collectors.toSet());
    List<DataFile> removed =
        live.stream()
            .filter(
                file ->
                    !whole.contains(file.location())
                        || unwanted.contains(file.location())
                        || !accounted.contains(file.location()))
            .toList();
    if (missing.isEmpty() && removed.isEmpty()) {
      return new Rebuilt(0, 0, 0, rows(live));
    }
    return rewrite(plan, tombstones, List.copyOf(missing.values()), removed);
  }

  private static long rows(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }

  private boolean isWhole(DataFile file) {
    try {
      return lake.table().io().newInputFile(file.location()).getLength() == file.fileSizeInBytes();
    } catch (NotFoundException e) {
      return false;
    }
  }

  @SuppressWarnings("try") // the progress only has to be open
  private Rebuilt rewrite(
      DayPlan plan, Tombstones tombstones, List<RawFile> missing, List<DataFile> removed) {
    List<Bundle> bundles = bundles(plan.attempt(), missing, 2 * spark.get().defaultParallelism());
    LongAccumulator lines = spark.get().sc().longAccumulator("lines");
    List<Bundled> done;
    long most = missing.stream().mapToLong(RawFile::lines).sum();
    try (Progress ignored =
        Progress.of("rebuild-parquet " + plan.day() + ", lines", most, lines::value)) {
      done = bundles.isEmpty() ? List.of() : write(plan.day(), tombstones, bundles, lines);
    }
    List<DataFile> added = new ArrayList<>();
    List<Input> inputs = new ArrayList<>();
    for (Bundled bundled : done) {
      if (bundled.file() != null) {
        added.add(bundled.file());
      }
      inputs.addAll(bundled.inputs());
    }
    account.add(plan.day(), inputs);
    if (!added.isEmpty() || !removed.isEmpty()) {
      KillPoint.at("before the lake's commit");
      lake.replace(plan.day(), removed, added, plan.attempt());
    }
    return new Rebuilt(missing.size(), added.size(), removed.size(), rows(lake.files(plan.day())));
  }

  private List<Bundled> write(
      LocalDate day, Tombstones tombstones, List<Bundle> bundles, LongAccumulator lines) {
    CorrectionSettings to = settings;
    Table table = SerializableTable.copyOf(lake.table());
    return spark
        .get()
        .parallelize(bundles, bundles.size())
        .map(bundle -> new BundleTask(to, table, day, tombstones).run(bundle, lines::add))
        .collect();
  }

  /** Files of one hour come together, so that a file of the lake spans little time. */
  static List<Bundle> bundles(String attempt, List<RawFile> files, int atLeast) {
    long lines = files.stream().mapToLong(RawFile::lines).sum();
    long size = Math.min(MOST_LINES, Math.max(FEWEST_LINES, lines / atLeast + 1));
    List<RawFile> sorted =
        files.stream()
            .sorted(
                java.util.Comparator.comparing(RebuildParquet::hour)
                    .thenComparing(file -> file.name().key())
                    .thenComparing(RawFile::fileId))
            .toList();
    List<Bundle> bundles = new ArrayList<>();
    List<RawFile> current = new ArrayList<>();
    long inside = 0;
    for (RawFile file : sorted) {
      if (inside > 0 && inside + file.lines() > size) {
        bundles.add(new Bundle(attempt + "-" + bundles.size(), List.copyOf(current)));
        current.clear();
        inside = 0;
      }
      current.add(file);
      inside += file.lines();
    }
    if (!current.isEmpty()) {
      bundles.add(new Bundle(attempt + "-" + bundles.size(), List.copyOf(current)));
    }
    return bundles;
  }

  private static long hour(RawFile file) {
    return file.first() == null ? 0 : file.first().getEpochSecond() / 3600;
  }
}
