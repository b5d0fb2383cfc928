// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Deltas of one window, from many cubes -> one delta per key, with the cardinality guard applied:
 * per report, bucket and site the {@link ReportSpec#mostCells} cells with most requests keep their
 * values (ties by the values' order), the rest becomes one {@value ReportSpec#OTHER}. All deltas of
 * a {@link #group} must come to the same sum.
 */
public final class DeltaSum {
  private final Map<String, ReportSpec> reports = new HashMap<>();
  private final Map<MetricKey, Measures> sums = new HashMap<>();

  public DeltaSum(List<ReportSpec> reports) {
    reports.forEach(report -> this.reports.put(report.name(), report));
  }

  /** What decides to which sum a delta goes: report, bucket and site. */
  public static Object group(MetricKey key) {
    return new Group(key.report(), key.bucketStart(), key.dimensions().get(0));
  }

  public void add(MetricDelta delta) {
    sums.merge(delta.key(), delta.measures(), Measures::plus);
  }

  /** The sums, each key once. */
  public List<MetricDelta> deltas() {
    Map<Object, List<MetricDelta>> groups = new HashMap<>();
    sums.forEach(
        (key, measures) ->
            groups
                .computeIfAbsent(group(key), any -> new ArrayList<>())
                .add(new MetricDelta(key, measures)));
    return groups.values().stream().flatMap(this::capped).toList();
  }

  private Stream<MetricDelta> capped(List<MetricDelta> cells) {
    MetricKey any = cells.get(0).key();
    ReportSpec report = reports.get(any.report());
    if (report == null || cells.size() <= report.mostCells()) {
      return cells.stream();
    }
    cells.sort(MOST_FIRST);
    Measures rest =
        cells.stream()
            .skip(report.mostCells())
            .map(MetricDelta::measures)
            .reduce(Measures.NONE, Measures::plus);
    return Stream.concat(
        cells.stream().limit(report.mostCells()), Stream.of(new MetricDelta(other(any), rest)));
  }

  private static MetricKey other(MetricKey key) {
    List<String> values = new ArrayList<>(key.dimensions());
    values.replaceAll(value -> ReportSpec.OTHER);
    values.set(0, key.dimensions().get(0));
    return new MetricKey(key.report(), key.bucketStart(), values);
  }

  private static final Comparator<MetricDelta> MOST_FIRST =
      Comparator.comparingLong((MetricDelta delta) -> -delta.measures().requests())
          .thenComparing(delta -> String.join("\t", delta.key().dimensions()));

  private record Group(String report, Instant bucket, String site) {}
}
