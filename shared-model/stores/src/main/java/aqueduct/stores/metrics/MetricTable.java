// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.metrics.Measures;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.ReportSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of metrics: staged rows are added to it, questions are answered from it. */
final class MetricTable {
  static final List<String> COUNTERS =
      List.of(
          "requests",
          "page_views",
          "bytes_sent",
          "cache_hits",
          "cacheable",
          "status_2xx",
          "status_3xx",
          "status_4xx",
          "status_5xx");
  static final List<String> MEASURES = concat(COUNTERS, List.of("visitors", "duration"));

  /** Adds staged rows, in key order against deadlocks; their sketches are merged already. */
  static final String UPSERT =
      "insert into metric (report, day, generation, bucket_start, dimensions, "
          + String.join(", ", MEASURES)
          + ")"
          + " select report, (bucket_start at time zone 'UTC')::date, 0, bucket_start, dimensions, "
          + String.join(", ", MEASURES)
          + " from staging where part = any(?) order by report, bucket_start, dimensions"
          + " on conflict (report, day, generation, bucket_start, dimensions) do update set "
          + COUNTERS.stream()
              .map(c -> c + " = metric." + c + " + excluded." + c)
              .collect(Collectors.joining(", "))
          + ", visitors = coalesce(excluded.visitors, metric.visitors), duration = coalesce(excluded.duration, metric.duration)";

  private final Map<String, ReportSpec> reports = new LinkedHashMap<>();

  MetricTable(List<ReportSpec> reports) {
    reports.forEach(report -> this.reports.put(report.name(), report));
  }

  /** What each day shows, by time and then by dimensions. */
  List<MetricRow> query(Connection connection, MetricQuery query) throws SQLException {
    return query(connection, query, "published_metric where ");
  }

  /** The same of one generation. */
  List<MetricRow> query(Connection connection, MetricQuery query, int generation)
      throws SQLException {
    return query(connection, query, "metric where generation = " + generation + " and ");
  }

  private List<MetricRow> query(Connection connection, MetricQuery query, String source)
      throws SQLException {
    ReportSpec report = reports.get(query.report());
    if (report == null) {
      throw new IllegalArgumentException(
          "no report " + query.report() + "; there are " + String.join(", ", reports.keySet()));
    }
    int[] by = query.by().stream().mapToInt(name -> place(report, name)).toArray();
    List<String> where = List.copyOf(query.where().keySet());
    StringBuilder sql =
        new StringBuilder(
            "select bucket_start, dimensions, "
                + String.join(", ", MEASURES)
                + " from "
                + source
                + "report = ? and day >= ? and day <= ? and bucket_start >= ? and bucket_start < ?");
    where.forEach(
        name -> sql.append(" and dimensions[").append(place(report, name) + 1).append("] = ?"));
    connection.setAutoCommit(false); // else the driver reads all rows into memory before the first
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      statement.setFetchSize(5000);
      OffsetDateTime from = OffsetDateTime.ofInstant(query.from(), ZoneOffset.UTC);
      OffsetDateTime to = OffsetDateTime.ofInstant(query.to(), ZoneOffset.UTC);
      statement.setString(1, query.report());
      statement.setObject(2, from.toLocalDate());
      statement.setObject(3, to.toLocalDate());
      statement.setObject(4, from);
      statement.setObject(5, to);
      for (int i = 0; i < where.size(); i++) {
        statement.setString(6 + i, query.where().get(where.get(i)));
      }
      return merged(statement, query, by);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
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

  private static List<MetricRow> merged(PreparedStatement statement, MetricQuery query, int[] by)
      throws SQLException {
    Map<Instant, Map<List<String>, MeasuresSum>> sums = new TreeMap<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Instant bucket = query.grain().floor(row.getObject(1, OffsetDateTime.class).toInstant());
        String[] all = (String[]) row.getArray(2).getArray();
        List<String> values = new ArrayList<>(by.length);
        for (int place : by) {
          values.add(all[place]);
        }
        sums.computeIfAbsent(bucket, any -> new LinkedHashMap<>())
            .computeIfAbsent(values, any -> new MeasuresSum())
            .add(measures(row));
      }
    }
    List<MetricRow> rows = new ArrayList<>();
    sums.forEach(
        (bucket, cells) ->
            cells.entrySet().stream()
                .sorted(
                    Map.Entry.comparingByKey(
                        (a, b) -> String.join("\0", a).compareTo(String.join("\0", b))))
                .forEach(
                    cell ->
                        rows.add(
                            new MetricRow(
                                bucket, named(query.by(), cell.getKey()), cell.getValue().sum()))));
    return rows;
  }

  private static Map<String, String> named(List<String> names, List<String> values) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      dimensions.put(names.get(i), values.get(i));
    }
    return dimensions;
  }

  private static Measures measures(ResultSet row) throws SQLException {
    return new Measures(
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11),
        row.getBytes(12),
        row.getBytes(13));
  }

  private static List<String> concat(List<String> a, List<String> b) {
    List<String> both = new ArrayList<>(a);
    both.addAll(b);
    return List.copyOf(both);
  }
}
