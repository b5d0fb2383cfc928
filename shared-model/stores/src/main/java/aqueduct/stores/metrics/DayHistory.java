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
import java.util.Optional;
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
    String sums =
        MetricTable.COUNTERS.stream()
            .map(
                c ->
                    "coalesce(sum(%1$s) filter (where generation = ?), 0), coalesce(sum(%1$s) filter (where generation = ?), 0)"
                        .formatted(c))
            .collect(Collectors.joining(", "));
    List<Object> values = new ArrayList<>();
    MetricTable.COUNTERS.forEach(
        counter -> {
          values.add(generation);
          values.add(other);
        });
    values.add(day);
    values.add(generation);
    values.add(other);
    return select(
            connection,
            "select report, "
                + sums
                + " from metric where day = ? and generation in (?, ?) and "
                + Drafts.reports()
                + " group by report order by report",
            DayHistory::differences,
            values.toArray())
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<Difference> differences(ResultSet row) throws SQLException {
    List<Difference> found = new ArrayList<>();
    for (int i = 0; i < MetricTable.COUNTERS.size(); i++) {
      long before = row.getLong(2 + 2 * i);
      long after = row.getLong(3 + 2 * i);
      if (before != after) {
        found.add(new Difference(row.getString(1), MetricTable.COUNTERS.get(i), before, after));
      }
    }
    return found;
  }
}
