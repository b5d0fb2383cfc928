// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.metrics.Answer;
import aqueduct.metrics.Measures;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.ReportSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
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

  private final List<ReportSpec> reports;

  MetricTable(List<ReportSpec> reports) {
    this.reports = List.copyOf(reports);
  }

  /** What each day shows, by time and then by dimensions. */
  List<MetricRow> query(Connection connection, MetricQuery query) throws SQLException {
    return query(connection, query, "published_metric where ");
  }

  /** The same of one generation. */
  List<MetricRow> query(Connection connection, MetricQuery query, int generation)
      throws SQLException {
    return query(connection, query, "(" + rows(generation) + ") metric where ");
  }

  /** The cells of a generation: its own, and those that it took over. */
  private static String rows(int generation) {
    return ("select report, day, bucket_start, dimensions, %1$s from metric where generation = %2$d"
            + " and day not in (select day from day_history where generation = %2$d and swept)"
            + " union all select report, day, bucket_start, dimensions, %1$s from metric"
            + " join carried_bucket c using (day, bucket_start)"
            + " where metric.generation = c.holder and c.generation = %2$d")
        .formatted(String.join(", ", MEASURES), generation);
  }

  private List<MetricRow> query(Connection connection, MetricQuery query, String source)
      throws SQLException {
    Answer answer = new Answer(reports, query);
    StringBuilder sql =
        new StringBuilder(
            "select bucket_start, dimensions, "
                + String.join(", ", MEASURES)
                + " from "
                + source
                + "report = ? and day >= ? and day <= ? and bucket_start >= ? and bucket_start < ?");
    answer
        .where()
        .keySet()
        .forEach(place -> sql.append(" and dimensions[" + (place + 1) + "] = ?"));
    connection.setAutoCommit(false); // else the driver reads all rows into memory before the first
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      statement.setFetchSize(5000);
      OffsetDateTime from = Database.timestamp(query.from());
      OffsetDateTime to = Database.timestamp(query.to());
      statement.setString(1, query.report());
      statement.setObject(2, from.toLocalDate());
      statement.setObject(3, to.toLocalDate());
      statement.setObject(4, from);
      statement.setObject(5, to);
      int place = 6;
      for (String value : answer.where().values()) {
        statement.setString(place++, value);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          List<String> dimensions = List.of((String[]) row.getArray(2).getArray());
          answer.add(Database.instant(row, 1), dimensions, measures(row));
        }
      }
      return answer.rows();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
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
