// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.logs.ChunkId;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.roaringbitmap.RoaringBitmap;

/**
 * The metric store in PostgreSQL. Parts are staged by COPY; {@link #apply} is one transaction that
 * starts with the window's row, so that a second writer of the same window waits there and then
 * sees that it is done. A key may stand in one part of a commit only.
 */
public final class PostgresMetricStore implements MetricStore {
  private final DataSource dataSource;
  private final MetricTable table;

  /** Uses the database, which {@link MetricSchema#create} has prepared. */
  public PostgresMetricStore(DataSource dataSource, List<ReportSpec> reports) {
    this.dataSource = dataSource;
    this.table = new MetricTable(reports);
  }

  @Override
  public String stage(Instant windowStart, String attempt, Iterator<MetricDelta> deltas) {
    return ask(connection -> Staging.copy(connection, deltas));
  }

  @Override
  public Applied apply(WindowCommit commit) {
    return ask(connection -> WindowTransaction.run(connection, commit));
  }

  @Override
  public Optional<AppliedWindow> newestWindow() {
    return ask(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "select window_start, window_end, events, applied_at from applied_window order by window_start desc limit 1")) {
            return row.next()
                ? Optional.of(
                    new AppliedWindow(
                        instant(row, 1), instant(row, 2), row.getLong(3), instant(row, 4)))
                : Optional.<AppliedWindow>empty();
          }
        });
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  @Override
  public Set<ChunkId> appliedAmong(Collection<ChunkId> chunks) {
    return ask(
        connection -> {
          Map<Long, RoaringBitmap> applied =
              ChunkBitmaps.read(
                  connection, chunks.stream().map(ChunkId::fileId).distinct().toList(), false);
          Set<ChunkId> found = new HashSet<>();
          for (ChunkId chunk : chunks) {
            RoaringBitmap lines = applied.get(chunk.fileId());
            if (lines != null && lines.contains(chunk.firstLine())) {
              found.add(chunk);
            }
          }
          return found;
        });
  }

  @Override
  public Optional<FileProgress> progress(long fileId) {
    return ask(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select chunks, lines, events, rejected, filtered, duplicate_lines from applied_file where file_id = ?")) {
            statement.setLong(1, fileId);
            try (ResultSet row = statement.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new FileProgress(
                          fileId,
                          row.getInt(1),
                          row.getLong(2),
                          row.getLong(3),
                          row.getLong(4),
                          row.getLong(5),
                          row.getLong(6)))
                  : Optional.<FileProgress>empty();
            }
          }
        });
  }

  @Override
  public List<LocalDate> days() {
    return ask(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("select day from day_state order by day")) {
            List<LocalDate> days = new ArrayList<>();
            while (rows.next()) {
              days.add(rows.getObject(1, LocalDate.class));
            }
            return days;
          }
        });
  }

  @Override
  public List<MetricRow> query(MetricQuery query) {
    return ask(connection -> table.query(connection, query));
  }

  /** The pool belongs to whoever made it. */
  @Override
  public void close() {}

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try (Connection connection = dataSource.getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw new MetricStoreException("the metric store failed: " + e.getMessage(), e);
    }
  }
}
