// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import static aqueduct.stores.metrics.Database.instant;
import static aqueduct.stores.metrics.Database.select;

import aqueduct.logs.ChunkId;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private final Database database;
  private final MetricTable table;
  private final Duration silence;

  /** Uses the database, which {@link MetricSchema#create} has prepared. */
  public PostgresMetricStore(DataSource dataSource, List<ReportSpec> reports) {
    this(dataSource, reports, SILENCE);
  }

  PostgresMetricStore(DataSource dataSource, List<ReportSpec> reports, Duration silence) {
    this.database = new Database(dataSource);
    this.table = new MetricTable(reports);
    this.silence = silence;
  }

  @Override
  public String stage(Instant windowStart, String attempt, Iterator<MetricDelta> deltas) {
    return database.ask(connection -> Staging.copy(connection, deltas));
  }

  @Override
  public Applied apply(WindowCommit commit) {
    return database.inTransaction(
        connection -> new WindowTransaction(connection, commit, silence).run());
  }

  @Override
  public Optional<AppliedWindow> newestWindow() {
    return window("order by window_start desc limit 1");
  }

  @Override
  public Optional<AppliedWindow> windowAt(Instant arrival) {
    OffsetDateTime at = arrival.atOffset(ZoneOffset.UTC);
    return window("where window_start <= ? and window_end > ?", at, at);
  }

  private Optional<AppliedWindow> window(String which, Object... parameters) {
    return database
        .ask(
            connection ->
                select(
                    connection,
                    "select window_start, window_end, events, applied_at from applied_window "
                        + which,
                    row ->
                        new AppliedWindow(
                            instant(row, 1), instant(row, 2), row.getLong(3), instant(row, 4)),
                    parameters))
        .stream()
        .findFirst();
  }

  @Override
  public Set<ChunkId> appliedAmong(Collection<ChunkId> chunks) {
    return database.ask(
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
    return database
        .ask(
            connection ->
                select(
                    connection,
                    "select chunks, lines, events, rejected, filtered, duplicate_lines from applied_file where file_id = ?",
                    row ->
                        new FileProgress(
                            fileId,
                            row.getInt(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6)),
                    fileId))
        .stream()
        .findFirst();
  }

  @Override
  public Conservation conservation() {
    return database
        .ask(
            connection ->
                select(
                    connection,
                    "select count(*), coalesce(sum(lines), 0), coalesce(sum(events), 0), coalesce(sum(rejected), 0),"
                        + " coalesce(sum(filtered), 0), coalesce(sum(duplicate_lines), 0) from applied_file",
                    row ->
                        new Conservation(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6))))
        .get(0);
  }

  @Override
  public List<LocalDate> days() {
    return database.ask(
        connection ->
            select(
                connection,
                "select day from day_state order by day",
                row -> row.getObject(1, LocalDate.class)));
  }

  @Override
  public List<MetricRow> query(MetricQuery query) {
    return database.ask(connection -> table.query(connection, query));
  }

  /** The pool belongs to whoever made it. */
  @Override
  public void close() {}
}
