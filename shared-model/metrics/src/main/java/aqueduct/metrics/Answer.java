// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cells of a report -> the rows that a question asks for: those within its range and
 * conditions, merged to its grain and dimensions, by time and then by dimensions. Any store that
 * holds cells answers through this.
 */
public final class Answer {
  private static final Comparator<List<String>> BY_VALUES =
      Comparator.comparing(values -> String.join("\0", values));
  private final MetricQuery query;
  private final int[] by;
  private final Map<Integer, String> where = new LinkedHashMap<>();
  private final Map<Instant, Map<List<String>, MeasuresSum>> sums = new TreeMap<>();

  /**
   * @throws IllegalArgumentException naming the report or dimension that there is not
   */
  public Answer(List<ReportSpec> reports, MetricQuery query) {
    this.query = query;
    ReportSpec report =
        reports.stream()
            .filter(spec -> spec.name().equals(query.report()))
            .findFirst()
            .orElseThrow(() -> unknown(query.report(), reports));
    by = query.by().stream().mapToInt(name -> place(report, name)).toArray();
    query.where().forEach((name, value) -> where.put(place(report, name), value));
  }

  private static IllegalArgumentException unknown(String name, List<ReportSpec> reports) {
    return new IllegalArgumentException(
        "no report "
            + name
            + "; there are "
            + String.join(", ", reports.stream().map(ReportSpec::name).toList()));
  }

  private static int place(ReportSpec report, String dimension) {
    int place = report.dimensions().indexOf(dimension);
    if (place < 0) {
      throw new IllegalArgumentException(
          "report "
              + report.name()
              + " has no dimension "
              + dimension
              + "; it has "
              + String.join(", ", report.dimensions()));
    }
    return place;
  }

  /** The values that must hold, by the dimension's place, for a store that can select by them. */
  public Map<Integer, String> where() {
    return where;
  }

  /** Adds the cell if it is asked for. */
  public void add(Instant bucketStart, List<String> dimensions, Measures measures) {
    if (bucketStart.isBefore(query.from())
        || !bucketStart.isBefore(query.to())
        || !where.entrySet().stream()
            .allMatch(
                condition -> dimensions.get(condition.getKey()).equals(condition.getValue()))) {
      return;
    }
    List<String> values = new ArrayList<>(by.length);
    for (int place : by) {
      values.add(dimensions.get(place));
    }
    sums.computeIfAbsent(query.grain().floor(bucketStart), any -> new HashMap<>())
        .computeIfAbsent(values, any -> new MeasuresSum())
        .add(measures);
  }

  public List<MetricRow> rows() {
    List<MetricRow> rows = new ArrayList<>();
    sums.forEach(
        (bucket, cells) ->
            cells.keySet().stream()
                .sorted(BY_VALUES)
                .forEach(
                    values -> rows.add(new MetricRow(bucket, named(values), sum(cells, values)))));
    return rows;
  }

  private static Measures sum(Map<List<String>, MeasuresSum> cells, List<String> values) {
    MeasuresSum sum = cells.get(values);
    return sum == null ? Measures.NONE : sum.sum();
  }

  private Map<String, String> named(List<String> values) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      dimensions.put(query.by().get(i), values.get(i));
    }
    return dimensions;
  }
}
