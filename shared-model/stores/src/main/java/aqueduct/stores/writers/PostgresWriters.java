// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.writers;

import aqueduct.metrics.Writers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writers of the metric store in PostgreSQL, beside the windows that they apply. */
public final class PostgresWriters implements Writers {
  private static final long LOCK = 0x41715768L; // one creator at a time
  private static final String SCHEMA =
      """
      create table if not exists writer_heartbeat (
        token bigint primary key,
        beat_at timestamptz not null,
        busy_since timestamptz,
        windows int not null,
        per_window_ms bigint not null
      )
      """;
  private static final String BEAT =
      """
      insert into writer_heartbeat values (?, clock_timestamp(), clock_timestamp() - ? * interval '1 ms', ?, ?)
      on conflict (token) do update set beat_at = excluded.beat_at, busy_since = excluded.busy_since,
        windows = excluded.windows, per_window_ms = excluded.per_window_ms
      """;
  private static final String STANDING =
      """
      select clock_timestamp(), (select token from writer), (select max(window_end) from applied_window)
      """;
  private static final String WRITERS =
      """
      with applied as (
        select writer_token as token, min(applied_at) as first, max(applied_at) as last from applied_window
        where window_start > (select max(window_start) from applied_window) - interval '2 days' group by 1),
      beaten as (select * from writer_heartbeat where beat_at > clock_timestamp() - interval '2 days')
      select coalesce(applied.token, beaten.token), first, last, beat_at, busy_since, coalesce(windows, 0),
        coalesce(per_window_ms, 0)
      from applied full join beaten on applied.token = beaten.token order by 1
      """;
  private final DataSource dataSource;

  public PostgresWriters(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Makes the table where it is missing; may be repeated. */
  public void createSchema() {
    ask(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute(SCHEMA);
            connection.commit();
            connection.setAutoCommit(true);
            return true;
          }
        });
  }

  @Override
  public void beat(Heartbeat beat) {
    ask(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            statement.setLong(1, beat.token());
            statement.setObject(
                2, beat.busyFor().map(Duration::toMillis).orElse(null), java.sql.Types.BIGINT);
            statement.setInt(3, beat.windows());
            statement.setLong(4, beat.perWindow().toMillis());
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public Standing look() {
    return ask(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            if (!isThere(statement)) {
              return new Standing(now(statement), 0, Optional.empty(), List.of());
            }
            List<Writer> writers = writers(statement);
            try (ResultSet row = statement.executeQuery(STANDING)) {
              row.next();
              return new Standing(
                  time(row, 1).orElseThrow(), row.getLong(2), time(row, 3), writers);
            }
          }
        });
  }

  /** Not before the first writer has made its tables. */
  private static boolean isThere(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select to_regclass('applied_window') is not null and to_regclass('writer_heartbeat')"
                + " is not null")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static Instant now(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return time(row, 1).orElseThrow();
    }
  }

  private static List<Writer> writers(Statement statement) throws SQLException {
    List<Writer> writers = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(WRITERS)) {
      while (row.next()) {
        writers.add(
            new Writer(
                row.getLong(1),
                time(row, 2),
                time(row, 3),
                time(row, 4),
                time(row, 5),
                row.getInt(6),
                Duration.ofMillis(row.getLong(7))));
      }
    }
    return writers;
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try (Connection connection = dataSource.getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw new WritersUnknownException("the metric store does not answer: " + e.getMessage(), e);
    }
  }
}
