// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.metrics.ExactMeasure;
import aqueduct.metrics.Grain;
import aqueduct.metrics.People;
import aqueduct.metrics.People.ExactKey;
import aqueduct.metrics.ReportSpec;
import aqueduct.metrics.VisitorDay;
import aqueduct.metrics.Visits.Visit;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
  /** Entry and exit pages of a site that keep their own row. */
  private static final int MOST_PAGES = 1000;

  private DayPeople() {}

  /** Takes the measures of one part. */
  public interface Sink extends Serializable {
    void stage(String part, Iterator<ExactMeasure> measures);
  }

  /** Counts, and returns when every part was taken. */
  public static void count(
      JavaSparkContext spark, Table table, LocalDate day, List<DataFile> files, Recipe recipe) {
    Table here = SerializableTable.copyOf(table);
    List<ReportSpec> reports = recipe.reports();
    Sink sink = recipe.sink();
    int partitions = recipe.partitions();
    Instant start = day.atStartOfDay().toInstant(ZoneOffset.UTC);
    JavaPairRDD<String, byte[]> visitors =
        spark
            .parallelize(files, Math.max(1, files.size()))
            .mapPartitionsToPair(slice -> new PeopleRows(here, day, reports, slice))
            .repartitionAndSortWithinPartitions(new HashPartitioner(partitions));
    visitors
        .mapPartitionsToPair(sorted -> tallies(sorted, reports))
        .reduceByKey(new HashPartitioner(partitions), Double::sum)
        .mapToPair(DayPeople::bySite)
        .groupByKey(new HashPartitioner(partitions))
        .mapPartitionsWithIndex(
            (index, groups) -> {
              List<ExactMeasure> measures = new ArrayList<>();
              groups.forEachRemaining(group -> measures.addAll(capped(group, start)));
              sink.stage(index + " of " + partitions, measures.iterator());
              return List.of(index).iterator();
            },
            false)
        .count();
  }

  /** How exact numbers are made. */
  public record Recipe(List<ReportSpec> reports, int partitions, Sink sink) {}

  /** The key of one number: report, name, and the values of its dimensions. */
  record Tally(String report, String name, List<String> dimensions) implements Serializable {
    Tally {
      dimensions = new ArrayList<>(dimensions);
    }
  }

  private static Iterator<Tuple2<Tally, Double>> tallies(
      Iterator<Tuple2<String, byte[]>> sorted, List<ReportSpec> reports) {
    People people = new People(reports);
    Map<Tally, Double> tallies = new HashMap<>();
    String key = null;
    VisitorDay day = null;
    while (sorted.hasNext()) {
      Tuple2<String, byte[]> part = sorted.next();
      if (day != null && part._1().equals(key)) {
        day.merge(VisitorDay.decode(part._2()));
      } else {
        add(tallies, people, key, day);
        key = part._1();
        day = VisitorDay.decode(part._2());
      }
    }
    add(tallies, people, key, day);
    return tallies.entrySet().stream().map(e -> new Tuple2<>(e.getKey(), e.getValue())).iterator();
  }

  private static void add(
      Map<Tally, Double> tallies,
      People people,
      @org.jspecify.annotations.Nullable String key,
      @org.jspecify.annotations.Nullable VisitorDay day) {
    if (key == null || day == null) {
      return;
    }
    for (ExactKey cell : people.cells(day)) {
      tallies.merge(
          new Tally(cell.report(), "unique_visitors", cell.dimensions()), 1.0, Double::sum);
    }
    String site = key.substring(0, key.indexOf('\t'));
    for (Visit visit : day.visits()) {
      List<String> ofSite = List.of(site);
      tallies.merge(new Tally("visits", "visits", ofSite), 1.0, Double::sum);
      tallies.merge(
          new Tally("visits", "bounces", ofSite), visit.pages() == 1 ? 1.0 : 0, Double::sum);
      tallies.merge(new Tally("visits", "page_views", ofSite), (double) visit.pages(), Double::sum);
      tallies.merge(new Tally("visits", "seconds", ofSite), visit.micros() / 1e6, Double::sum);
      tallies.merge(
          new Tally("entry_pages", "visits", List.of(site, visit.entry())), 1.0, Double::sum);
      tallies.merge(
          new Tally("exit_pages", "visits", List.of(site, visit.exit())), 1.0, Double::sum);
    }
  }

  private static Tuple2<String, Tuple2<Tally, Double>> bySite(Tuple2<Tally, Double> tally) {
    Tally key = tally._1();
    return new Tuple2<>(key.report() + '\t' + key.name() + '\t' + key.dimensions().get(0), tally);
  }

  private static List<ExactMeasure> capped(
      Tuple2<String, Iterable<Tuple2<Tally, Double>>> group, Instant start) {
    List<Tuple2<Tally, Double>> all = new ArrayList<>();
    group._2().forEach(all::add);
    all.sort(
        java.util.Comparator.comparingDouble((Tuple2<Tally, Double> t) -> -t._2())
            .thenComparing(t -> String.join("\t", t._1().dimensions())));
    boolean pages = group._1().startsWith("entry_pages") || group._1().startsWith("exit_pages");
    int most = pages ? MOST_PAGES : Integer.MAX_VALUE;
    List<ExactMeasure> measures = new ArrayList<>();
    double rest = 0;
    for (Tuple2<Tally, Double> tally : all) {
      if (measures.size() < most) {
        measures.add(measure(tally._1(), tally._1().dimensions(), tally._2(), start));
      } else {
        rest += tally._2();
      }
    }
    if (rest > 0) {
      Tally any = all.get(0)._1();
      measures.add(measure(any, List.of(any.dimensions().get(0), ReportSpec.OTHER), rest, start));
    }
    return measures;
  }

  private static ExactMeasure measure(
      Tally tally, List<String> dimensions, double value, Instant start) {
    return new ExactMeasure(tally.report(), Grain.DAY, start, dimensions, tally.name(), value);
  }
}
