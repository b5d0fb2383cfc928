// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import static aqueduct.stores.metrics.Database.instant;
import static aqueduct.stores.metrics.Database.select;

import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.ExactMeasure;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.ReportSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The generations of days in PostgreSQL, in the tables of {@link PostgresMetricStore}. Locks are
 * taken in one order: the draft's row, then the day's; a window takes the days' rows alone, for
 * share and by date.
 */
public final class PostgresCorrectedDays implements CorrectedDays {
  private static final String STATES =
      "select day, day_state.generation, state = 'locked',"
          + " coalesce((select max(generation) from day_history h where h.day = day_state.day and action = 'PUBLISHED'), 0),"
          + " coalesce((select sum(events) from day_window w where w.day = day_state.day and covered_by is null), 0)"
          + " from day_state";
  private final Database database;
  private final MetricTable table;

  /** Uses the database, which {@link MetricSchema#create} has prepared. */
  public PostgresCorrectedDays(DataSource dataSource, List<ReportSpec> reports) {
    this.database = new Database(dataSource);
    this.table = new MetricTable(reports);
  }

  @Override
  public Draft begin(LocalDate day, String attempt) {
    return database.inTransaction(connection -> Drafts.begin(connection, day, attempt));
  }

  @Override
  public void stage(Draft draft, String part, Iterator<MetricDelta> cells) {
    database.inTransaction(
        connection -> {
          boolean fresh = Drafts.claim(connection, draft, "cells", part);
          if (fresh) {
            Staging.copy(connection, draft.day(), draft.generation(), cells);
          }
          return fresh;
        });
  }

  @Override
  public void carry(Draft draft, int generation, Set<Instant> without) {
    database.inTransaction(
        connection -> {
          boolean fresh = Drafts.claim(connection, draft, "cells", "carried");
          if (fresh) {
            DayTransaction.requirePublished(connection, draft.day(), generation);
            Drafts.carry(connection, draft, generation, without);
          }
          return fresh;
        });
  }

  @Override
  public void stageExact(Draft draft, String part, Iterator<ExactMeasure> measures) {
    database.inTransaction(
        connection -> {
          boolean fresh = Drafts.claim(connection, draft, "exact", part);
          if (fresh) {
            ExactTable.copy(connection, draft.day(), draft.generation(), measures);
          }
          return fresh;
        });
  }

  @Override
  public DayVersion publish(Draft draft, Publication publication) {
    return database.inTransaction(
        connection -> new DayTransaction(connection, draft.day()).publish(draft, publication));
  }

  @Override
  public void lock(LocalDate day, int generation, String who, String why) {
    database.inTransaction(
        connection -> new DayTransaction(connection, day).lock(generation, who, why));
  }

  @Override
  public void unlock(LocalDate day, String who, String why) {
    database.inTransaction(connection -> new DayTransaction(connection, day).unlock(who, why));
  }

  @Override
  public List<DayState> states() {
    return database.ask(connection -> states(connection, " order by day"));
  }

  @Override
  public Optional<DayState> state(LocalDate day) {
    return database.ask(connection -> states(connection, " where day = ?", day)).stream()
        .findFirst();
  }

  private static List<DayState> states(Connection connection, String which, Object... values)
      throws SQLException {
    return select(
        connection,
        STATES + which,
        row ->
            new DayState(
                row.getObject(1, LocalDate.class),
                row.getInt(2),
                row.getBoolean(3),
                row.getInt(4),
                row.getLong(5)),
        values);
  }

  @Override
  public List<DayVersion> history(LocalDate day) {
    return database.ask(connection -> DayHistory.of(connection, day));
  }

  @Override
  public List<LiveAddition> uncovered(LocalDate day) {
    return database.ask(
        connection ->
            select(
                connection,
                "select day, window_start, applied_at, events, shown from day_window where day = ? and covered_by is null order by window_start",
                row ->
                    new LiveAddition(
                        row.getObject(1, LocalDate.class),
                        instant(row, 2),
                        instant(row, 3),
                        row.getLong(4),
                        row.getInt(5)),
                day));
  }

  @Override
  public List<Difference> compare(LocalDate day, int generation, int other) {
    return database.ask(connection -> DayHistory.compare(connection, day, generation, other));
  }

  @Override
  public List<MetricRow> query(MetricQuery query, int generation) {
    return database.ask(connection -> table.query(connection, query, generation));
  }

  @Override
  public List<ExactMeasure> exact(LocalDate day, int generation) {
    return database.ask(connection -> ExactTable.read(connection, day, generation));
  }

  @Override
  public int sweep(int keep, Duration abandoned) {
    int drafts = database.inTransaction(connection -> Drafts.sweep(connection, abandoned));
    return drafts + database.inTransaction(connection -> DayTransaction.sweep(connection, keep));
  }
}
