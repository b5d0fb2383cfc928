// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import static aqueduct.stores.metrics.Database.instant;
import static aqueduct.stores.metrics.Database.select;

import aqueduct.metrics.CorrectedDays.Action;
import aqueduct.metrics.CorrectedDays.DayVersion;
import aqueduct.metrics.CorrectedDays.Difference;
import aqueduct.metrics.CorrectedDays.Draft;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is done to a day -> rows that stay, with the difference that it made. */
final class DayHistory {
  private static final String ROW =
      "day, action, generation, attempt, at, who, why, inputs, difference";

  private DayHistory() {}

  /** Who did it and why. */
  record Reason(String who, String why, String inputs) {}

  static DayVersion add(
      Connection connection, Action action, Draft what, Reason reason, List<Difference> difference)
      throws SQLException {
    return select(
            connection,
            "insert into day_history (day, action, generation, attempt, who, why, inputs, difference)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?) returning "
                + ROW,
            DayHistory::read,
            what.day(),
            action.name(),
            what.generation(),
            what.attempt(),
            reason.who(),
            reason.why(),
            reason.inputs(),
            text(difference))
        .get(0);
  }

  static List<DayVersion> of(Connection connection, LocalDate day) throws SQLException {
    return select(
        connection,
        "select " + ROW + " from day_history where day = ? order by id",
        DayHistory::read,
        day);
  }

  static Optional<DayVersion> published(Connection connection, Draft draft) throws SQLException {
    return of(connection, draft.day()).stream()
        .filter(row -> row.action() == Action.PUBLISHED)
        .filter(row -> row.generation() == draft.generation())
        .filter(row -> row.attempt().equals(draft.attempt()))
        .findFirst();
  }

  private static DayVersion read(ResultSet row) throws SQLException {
    return new DayVersion(
        row.getObject(1, LocalDate.class),
        Action.valueOf(row.getString(2)),
        row.getInt(3),
        row.getString(4),
        instant(row, 5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        differences(row.getString(9)));
  }

  private static String text(List<Difference> differences) {
    return differences.stream()
        .map(d -> d.report() + "\t" + d.measure() + "\t" + d.before() + "\t" + d.after())
        .collect(Collectors.joining("\n"));
  }

  private static List<Difference> differences(String text) {
    return text.lines()
        .map(line -> line.split("\t"))
        .map(f -> new Difference(f[0], f[1], Long.parseLong(f[2]), Long.parseLong(f[3])))
        .toList();
  }

  /** Sums of every report's counters in both generations; those that differ. */
  static List<Difference> compare(Connection connection, LocalDate day, int generation, int other)
      throws SQLException {
    Map<String, long[]> before = sums(connection, day, generation);
    Map<String, long[]> after = sums(connection, day, other);
    Set<String> reports = new TreeSet<>(before.keySet());
    reports.addAll(after.keySet());
    List<Difference> found = new ArrayList<>();
    long[] none = new long[MetricTable.COUNTERS.size()];
    for (String report : reports) {
      long[] was = before.getOrDefault(report, none);
      long[] is = after.getOrDefault(report, none);
      for (int i = 0; i < none.length; i++) {
        if (was[i] != is[i]) {
          found.add(new Difference(report, MetricTable.COUNTERS.get(i), was[i], is[i]));
        }
      }
    }
    return found;
  }

  private static Map<String, long[]> sums(Connection connection, LocalDate day, int generation)
      throws SQLException {
    List<String> counters = MetricTable.COUNTERS;
    String sums = counters.stream().map("sum(%s)"::formatted).collect(Collectors.joining(", "));
    String columns = "select report, " + String.join(", ", counters) + " from ";
    String own =
        columns
            + "metric where day = ? and generation = ? and "
            + Drafts.reports()
            + " and not exists (select 1 from day_history where day = ? and generation = ? and swept)";
    String carried =
        columns
            + "carried_bucket c join metric on metric.day = c.day and metric.generation = c.holder"
            + " and metric.bucket_start = c.bucket_start where c.day = ? and c.generation = ? and "
            + Drafts.reports();
    return select(
            connection,
            "select report, %s from (%s union all %s) cell group by report"
                .formatted(sums, own, carried),
            row -> Map.entry(row.getString(1), longs(row)),
            day,
            generation,
            day,
            generation,
            day,
            generation)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static long[] longs(ResultSet row) throws SQLException {
    long[] longs = new long[MetricTable.COUNTERS.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = row.getLong(2 + i);
    }
    return longs;
  }
}
