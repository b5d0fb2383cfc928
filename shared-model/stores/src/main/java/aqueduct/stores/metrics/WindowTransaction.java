// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import static aqueduct.stores.metrics.Database.select;
import static aqueduct.stores.metrics.Database.update;

import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.FencedException;
import aqueduct.metrics.MetricStore.WindowCommit;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * A window's commit -> one transaction. The window's row comes first: a second writer of it waits
 * there, and then sees that it is done. The days' rows are locked against a correction that
 * publishes meanwhile.
 */
final class WindowTransaction {
  private static final String DAYS =
      "select day, max(requests)::bigint from (select (bucket_start at time zone 'UTC')::date as day, report, sum(requests) as requests"
          + " from staging where part = any(?) group by 1, 2) as by_report group by day order by day";
  private final Connection connection;
  private final WindowCommit commit;
  private final Duration silence;

  /**
   * Not begun yet.
   *
   * @param silence after which PostgreSQL gives up a writer that says nothing more within the
   *     transaction
   */
  WindowTransaction(Connection connection, WindowCommit commit, Duration silence) {
    this.connection = connection;
    this.commit = commit;
    this.silence = silence;
  }

  private record DayEvents(LocalDate day, long events) {
    static DayEvents read(ResultSet row) throws SQLException {
      return new DayEvents(row.getObject(1, LocalDate.class), row.getLong(2));
    }
  }

  Applied run() throws SQLException {
    fence();
    boolean fresh = insertWindow();
    Array parts =
        connection.createArrayOf(
            "uuid", commit.parts().stream().map(java.util.UUID::fromString).toArray());
    if (fresh) {
      requireParts(parts);
      ChunkBitmaps.add(connection, commit);
      addToDays(parts);
      SketchMerge.intoStaging(connection, parts);
      onParts(parts, MetricTable.UPSERT);
    }
    onParts(parts, "delete from staging where part = any(?)");
    return fresh ? Applied.APPLIED : Applied.ALREADY_APPLIED;
  }

  /** The staging table is unlogged: a server that crashed since has lost what was staged. */
  private void requireParts(Array parts) throws SQLException {
    List<String> gone =
        select(
            connection,
            "select p.part from unnest(?::uuid[]) as p(part) where not exists (select 1 from staging s where s.part = p.part)",
            row -> row.getString(1),
            parts);
    if (!gone.isEmpty()) {
      throw new IllegalStateException(
          "staged part " + gone.get(0) + " is gone: compute the window again");
    }
  }

  /**
   * Holds the days' rows for share, in their order, until the transaction ends, and notes beside
   * each day what this window adds to it and what the day shows meanwhile.
   */
  private void addToDays(Array parts) throws SQLException {
    List<DayEvents> days = select(connection, DAYS, DayEvents::read, parts);
    for (DayEvents each : days) {
      update(connection, "insert into day_state (day) values (?) on conflict do nothing", each.day);
      update(
          connection,
          "insert into day_window (day, window_start, events, shown) select day, ?, ?, generation from"
              + " (select day, generation from day_state where day = ? for share) d",
          commit.windowStart(),
          each.events,
          each.day);
    }
  }

  /**
   * One writer at a time passes here; the newest token stays. A writer that was stopped behind the
   * fence would keep the one that replaces it waiting before it for ever, hence the limit.
   */
  private void fence() throws SQLException {
    select(
        connection,
        "select set_config('idle_in_transaction_session_timeout', ?, true)",
        row -> row.getString(1),
        Long.toString(silence.toMillis()));
    long newest =
        select(
                connection,
                "update writer set token = greatest(token, ?) returning token",
                row -> row.getLong(1),
                commit.writerToken())
            .get(0);
    if (newest > commit.writerToken()) {
      throw new FencedException(
          "writer "
              + commit.writerToken()
              + " was replaced by writer "
              + newest
              + ": stop this one");
    }
  }

  private boolean insertWindow() throws SQLException {
    return update(
            connection,
            "insert into applied_window (window_start, window_end, attempt, writer_token, events) values (?, ?, ?, ?, ?) on conflict do nothing",
            commit.windowStart(),
            commit.windowEnd(),
            commit.attempt(),
            commit.writerToken(),
            commit.chunks().stream().mapToLong(AppliedChunk::events).sum())
        == 1;
  }

  private void onParts(Array parts, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, parts);
      statement.execute();
    }
  }
}
