// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.metrics.ExactMeasure;
import aqueduct.metrics.ReportSpec;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * A day's parquet -> its exact numbers: distinct visitors per cell of the reports, and visits. Each
 * visitor's events of a site come together, so that no set of all visitors is held anywhere.
 */
public final class DayPeople {
  private final JavaSparkContext spark;
  private final Table table;
  private final LocalDate day;
  private final List<ReportSpec> reports;
  private final int partitions;
  private final int mostPages;

  /** Takes the measures of one part. */
  public interface Sink extends Serializable {
    void stage(String part, Iterator<ExactMeasure> measures);
  }

  /**
   * How people are counted.
   *
   * @param partitions in how many parts
   * @param mostPages how many entry and exit pages of a site keep their own row
   */
  public record Recipe(List<ReportSpec> reports, int partitions, int mostPages) {}

  public DayPeople(JavaSparkContext spark, Table table, LocalDate day, Recipe recipe) {
    this.spark = spark;
    this.table = SerializableTable.copyOf(table);
    this.day = day;
    this.reports = recipe.reports();
    this.partitions = recipe.partitions();
    this.mostPages = recipe.mostPages();
  }

  private Instant start() {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Counts all rows of the files, and returns when every part was taken. */
  public void count(List<DataFile> files, Sink sink) {
    Instant start = start();
    int parts = partitions;
    int pages = mostPages;
    changes(parts(files, true, Set.of()))
        .mapToPair(tally -> new Tuple2<>(tally._1().group(), tally))
        .groupByKey(new HashPartitioner(parts))
        .mapPartitionsWithIndex(
            (index, groups) -> {
              List<ExactMeasure> measures = new ArrayList<>();
              groups.forEachRemaining(group -> measures.addAll(capped(group._2(), start, pages)));
              sink.stage(index + " of " + parts, measures.iterator());
              return List.of(index).iterator();
            },
            false)
        .count();
  }

  /**
   * How the numbers of a version change by files that came since.
   *
   * @param counted the files that the version counted
   * @param visitors all who are in the added files
   */
  public PeopleChange change(List<DataFile> counted, List<DataFile> added, Set<Long> visitors) {
    List<DataFile> theirs = visitors.isEmpty() ? List.of() : counted;
    Map<Tally, Double> changes =
        changes(parts(theirs, false, visitors).union(parts(added, true, Set.of()))).collectAsMap();
    return new PeopleChange(changes, start(), mostPages);
  }

  /** What each visitor did. Of some visitors, if they are named. */
  private JavaPairRDD<String, byte[]> parts(
      List<DataFile> files, boolean areNew, Set<Long> visitors) {
    Table here = table;
    LocalDate of = day;
    List<ReportSpec> all = reports;
    return spark
        .parallelize(files, Math.max(1, files.size()))
        .mapPartitionsToPair(slice -> new PeopleRows(here, of, all, slice, visitors))
        .mapValues(visitor -> VisitorTallies.part(visitor, areNew));
  }

  private JavaPairRDD<Tally, Double> changes(JavaPairRDD<String, byte[]> parts) {
    List<ReportSpec> all = reports;
    return parts
        .repartitionAndSortWithinPartitions(new HashPartitioner(partitions))
        .mapPartitionsToPair(sorted -> VisitorTallies.of(sorted, all))
        .reduceByKey(new HashPartitioner(partitions), Double::sum);
  }

  private static List<ExactMeasure> capped(
      Iterable<Tuple2<Tally, Double>> group, Instant dayStart, int mostPages) {
    List<Tuple2<Tally, Double>> all = new ArrayList<>();
    group.forEach(all::add);
    all.sort(
        Comparator.comparingDouble((Tuple2<Tally, Double> t) -> -t._2())
            .thenComparing(t -> String.join("\t", t._1().dimensions())));
    Tally any = all.get(0)._1();
    int most = any.isOfPages() ? mostPages : Integer.MAX_VALUE;
    List<ExactMeasure> measures = new ArrayList<>();
    double rest = 0;
    for (Tuple2<Tally, Double> tally : all) {
      if (measures.size() < most) {
        measures.add(tally._1().measure(tally._2(), dayStart));
      } else {
        rest += tally._2();
      }
    }
    if (rest > 0) {
      List<String> other = List.of(any.dimensions().get(0), ReportSpec.OTHER);
      measures.add(new Tally(any.report(), any.name(), other).measure(rest, dayStart));
    }
    return measures;
  }
}
