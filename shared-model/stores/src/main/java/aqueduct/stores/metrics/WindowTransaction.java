// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.FencedException;
import aqueduct.metrics.MetricStore.WindowCommit;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A window's commit -> one transaction. The window's row comes first: a second writer of it waits
 * there, and then sees that it is done. The days' rows are locked against a correction that
 * publishes meanwhile.
 */
final class WindowTransaction {
  private final Connection connection;
  private final WindowCommit commit;

  private WindowTransaction(Connection connection, WindowCommit commit) {
    this.connection = connection;
    this.commit = commit;
  }

  static Applied run(Connection connection, WindowCommit commit) throws SQLException {
    connection.setAutoCommit(false);
    try {
      Applied applied = new WindowTransaction(connection, commit).run();
      connection.commit();
      return applied;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private Applied run() throws SQLException {
    fence();
    boolean fresh = insertWindow();
    Array parts =
        connection.createArrayOf(
            "uuid", commit.parts().stream().map(java.util.UUID::fromString).toArray());
    if (fresh) {
      ChunkBitmaps.add(connection, commit);
      onParts(
          parts,
          "insert into day_state (day) select distinct (bucket_start at time zone 'UTC')::date from staging where part = any(?) order by 1 on conflict do nothing");
      onParts(
          parts,
          "select 1 from day_state where day in (select (bucket_start at time zone 'UTC')::date from staging where part = any(?)) order by day for share");
      SketchMerge.intoStaging(connection, parts);
      onParts(parts, MetricTable.UPSERT);
    }
    onParts(parts, "delete from staging where part = any(?)");
    return fresh ? Applied.APPLIED : Applied.ALREADY_APPLIED;
  }

  /** One writer at a time passes here; the newest token stays. */
  private void fence() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update writer set token = greatest(token, ?) returning token")) {
      statement.setLong(1, commit.writerToken());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getLong(1) > commit.writerToken()) {
          throw new FencedException(
              "writer "
                  + commit.writerToken()
                  + " was replaced by writer "
                  + row.getLong(1)
                  + ": stop this one");
        }
      }
    }
  }

  private boolean insertWindow() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into applied_window (window_start, window_end, attempt, writer_token, events) values (?, ?, ?, ?, ?) on conflict do nothing")) {
      statement.setObject(1, OffsetDateTime.ofInstant(commit.windowStart(), ZoneOffset.UTC));
      statement.setObject(2, OffsetDateTime.ofInstant(commit.windowEnd(), ZoneOffset.UTC));
      statement.setString(3, commit.attempt());
      statement.setLong(4, commit.writerToken());
      statement.setLong(5, commit.chunks().stream().mapToLong(AppliedChunk::events).sum());
      return statement.executeUpdate() == 1;
    }
  }

  private void onParts(Array parts, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, parts);
      statement.execute();
    }
  }
}
