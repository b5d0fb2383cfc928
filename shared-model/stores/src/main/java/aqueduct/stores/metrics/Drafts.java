// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import static aqueduct.stores.metrics.Database.instant;
import static aqueduct.stores.metrics.Database.select;
import static aqueduct.stores.metrics.Database.update;

import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.CorrectedDays.ReplacedException;
import aqueduct.metrics.Grain;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * A day's generation in the making: one row that says whose it is. Whoever writes into the draft
 * holds that row for share, whoever takes it over or publishes it holds it for update; so no row of
 * an earlier owner can come later.
 */
final class Drafts {
  /** All reports that the table of metrics holds, by hops through its primary key. */
  private static final String REPORTS =
      "report in (with recursive r as (select min(report) as report from metric union all"
          + " select (select min(metric.report) from metric where metric.report > r.report) from r where r.report is not null)"
          + " select report from r where report is not null)";

  private static final String DRAFT =
      "select day, generation, attempt, begun_at from day_draft where day = ?";

  private Drafts() {}

  static Draft begin(Connection connection, LocalDate day, String attempt) throws SQLException {
    update(
        connection,
        "insert into day_draft (day, generation, attempt) values (?, 0, '') on conflict do nothing",
        day);
    Draft found = read(connection, day, " for update").get(0);
    int next = newestPublished(connection, day) + 1;
    if (found.generation() == next && found.attempt().equals(attempt)) {
      return found;
    }
    deleteGeneration(connection, day, next);
    update(connection, "delete from day_draft_part where day = ?", day);
    update(
        connection,
        "update day_draft set generation = ?, attempt = ?, begun_at = clock_timestamp() where day = ?",
        next,
        attempt,
        day);
    return read(connection, day, "").get(0);
  }

  private static List<Draft> read(Connection connection, LocalDate day, String locking)
      throws SQLException {
    return select(
        connection,
        DRAFT + locking,
        row ->
            new Draft(
                row.getObject(1, LocalDate.class),
                row.getInt(2),
                row.getString(3),
                instant(row, 4)),
        day);
  }

  private static int newestPublished(Connection connection, LocalDate day) throws SQLException {
    return select(
            connection,
            "select coalesce(max(generation), 0) from day_history where day = ? and action = 'PUBLISHED'",
            row -> row.getInt(1),
            day)
        .get(0);
  }

  /**
   * Whether the draft is still the one that was begun. Holds its row until the transaction ends.
   */
  static boolean owns(Connection connection, Draft draft, String locking) throws SQLException {
    List<Draft> found = read(connection, draft.day(), locking);
    return !found.isEmpty()
        && found.get(0).generation() == draft.generation()
        && found.get(0).attempt().equals(draft.attempt());
  }

  static ReplacedException replaced(Draft draft) {
    return new ReplacedException(
        "the draft of "
            + draft.day()
            + " by attempt "
            + draft.attempt()
            + " was taken over or is published: begin anew");
  }

  /** Whether the part is new. A second task of the same part waits here for the first one's end. */
  static boolean claim(Connection connection, Draft draft, String kind, String part)
      throws SQLException {
    if (!owns(connection, draft, " for share")) {
      throw replaced(draft);
    }
    return update(
            connection,
            "insert into day_draft_part (day, kind, part) values (?, ?, ?) on conflict do nothing",
            draft.day(),
            kind,
            part)
        == 1;
  }

  static void carry(Connection connection, Draft draft, int generation, Set<Instant> without)
      throws SQLException {
    Object[] seconds = without.stream().map(Instant::getEpochSecond).toArray();
    OffsetDateTime start = draft.day().atStartOfDay().atOffset(ZoneOffset.UTC);
    Duration bucket = Grain.FIVE_MINUTES.width();
    update(
        connection,
        "insert into carried_bucket (day, generation, bucket_start, holder)"
            + " select ?, ?, b, coalesce(earlier.holder, ?)"
            + " from generate_series(?::timestamptz, ?::timestamptz, make_interval(secs => ?)) b"
            + " left join carried_bucket earlier"
            + " on earlier.day = ? and earlier.generation = ? and earlier.bucket_start = b"
            + " where extract(epoch from b)::bigint <> all (?)",
        draft.day(),
        draft.generation(),
        generation,
        start,
        start.plusDays(1).minus(bucket),
        (double) bucket.toSeconds(),
        draft.day(),
        generation,
        connection.createArrayOf("bigint", seconds));
  }

  /** Deletes all of a draft; of a generation, what no other has taken over. */
  static void deleteGeneration(Connection connection, LocalDate day, int generation)
      throws SQLException {
    update(
        connection, "delete from carried_bucket where day = ? and generation = ?", day, generation);
    update(
        connection,
        "delete from metric where day = ? and generation = ? and "
            + REPORTS
            + " and not exists (select 1 from carried_bucket c where c.day = metric.day"
            + " and c.holder = metric.generation and c.bucket_start = metric.bucket_start)",
        day,
        generation);
    update(
        connection, "delete from exact_measure where day = ? and generation = ?", day, generation);
  }

  /** Deletes drafts that nobody goes on with; one in use is left alone. */
  static int sweep(Connection connection, Duration abandoned) throws SQLException {
    List<Draft> old =
        select(
            connection,
            "select day, generation, attempt, begun_at from day_draft where begun_at < clock_timestamp() - make_interval(secs => ?) for update skip locked",
            row ->
                new Draft(
                    row.getObject(1, LocalDate.class),
                    row.getInt(2),
                    row.getString(3),
                    instant(row, 4)),
            (double) abandoned.toSeconds());
    for (Draft draft : old) {
      deleteGeneration(connection, draft.day(), draft.generation());
      update(connection, "delete from day_draft where day = ?", draft.day());
    }
    return old.size();
  }

  static String reports() {
    return REPORTS;
  }
}
