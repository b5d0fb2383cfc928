// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.correction.raw.RawFile.LogFileName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Raw files -> which of them may hold events of a day; kept in PostgreSQL, grown by each run. */
public final class RawIndex {
  private static final String COLUMNS =
      "bucket, key, etag, size, modified, lines, first_event, last_event, days, streamed";
  private final DataSource database;

  public RawIndex(DataSource database) {
    this.database = database;
  }

  /** The files that are known. */
  Set<Long> known() {
    return ask(
        connection -> {
          Set<Long> ids = new HashSet<>();
          try (PreparedStatement select =
                  connection.prepareStatement("select file_id from correction.raw_file");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              ids.add(row.getLong(1));
            }
          }
          return ids;
        });
  }

  /** Adds files; one that is known stays as it is. */
  void add(Collection<RawFile> files) {
    ask(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into correction.raw_file (file_id, "
                      + COLUMNS
                      + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            for (RawFile file : files) {
              insert.setLong(1, file.fileId());
              insert.setString(2, file.name().bucket());
              insert.setString(3, file.name().key());
              insert.setString(4, file.name().etag());
              insert.setLong(5, file.name().size());
              insert.setObject(6, offset(file.modified()));
              insert.setLong(7, file.lines());
              insert.setObject(8, offset(file.first()));
              insert.setObject(9, offset(file.last()));
              insert.setArray(10, dates(connection, file.days()));
              insert.setBoolean(11, file.streamed());
              insert.addBatch();
            }
            insert.executeBatch();
          }
          return files.size();
        });
  }

  private static Array dates(Connection connection, List<LocalDate> days) throws SQLException {
    return connection.createArrayOf("date", days.stream().map(Date::valueOf).toArray());
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant time) {
    return time == null ? null : OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  /** The files that may hold events of the day, by key. */
  public List<RawFile> of(LocalDate day) {
    return ask(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select "
                      + COLUMNS
                      + " from correction.raw_file where days @> ? and not erased order by key, file_id")) {
            select.setArray(1, dates(connection, List.of(day)));
            return files(select);
          }
        });
  }

  /** All files that were not replaced. */
  public List<RawFile> all() {
    return ask(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select "
                      + COLUMNS
                      + " from correction.raw_file where not erased order by key")) {
            return files(select);
          }
        });
  }

  /** Another content has taken the file's place. */
  public void replace(RawFile old, RawFile other) {
    add(List.of(other));
    ask(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update correction.raw_file set erased = true where file_id = ?")) {
            update.setLong(1, old.fileId());
            return update.executeUpdate();
          }
        });
  }

  /** The days that the files may hold events of, oldest first. */
  public List<LocalDate> days() {
    return ask(
        connection -> {
          List<LocalDate> days = new ArrayList<>();
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "select distinct unnest(days) as day from correction.raw_file where not erased order by day");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              days.add(row.getObject(1, LocalDate.class));
            }
          }
          return List.copyOf(days);
        });
  }

  private static List<RawFile> files(PreparedStatement select) throws SQLException {
    List<RawFile> files = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Date[] days = (Date[]) row.getArray(9).getArray();
        files.add(
            new RawFile(
                new LogFileName(
                    row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getLong(6),
                instant(row, 7),
                instant(row, 8),
                Arrays.stream(days).map(Date::toLocalDate).toList(),
                row.getBoolean(10)));
      }
    }
    return files;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try (Connection connection = database.getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the index of raw files cannot be used: " + e.getMessage(), e);
    }
  }
}
