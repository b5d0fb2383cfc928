// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import static aqueduct.stores.metrics.Database.select;
import static aqueduct.stores.metrics.Database.update;

import aqueduct.metrics.CorrectedDays.Action;
import aqueduct.metrics.CorrectedDays.DayVersion;
import aqueduct.metrics.CorrectedDays.Difference;
import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.CorrectedDays.Publication;
import aqueduct.metrics.CorrectedDays.Shown;
import aqueduct.stores.metrics.DayHistory.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A change of what a day shows, in one transaction that holds the day's row for update: a window of
 * the live path, which holds it for share, is wholly before or after.
 */
final class DayTransaction {
  private final Connection connection;
  private final LocalDate day;

  DayTransaction(Connection connection, LocalDate day) {
    this.connection = connection;
    this.day = day;
  }

  private record State(int shown, boolean locked) {}

  DayVersion publish(Draft draft, Publication publication) throws SQLException {
    if (!Drafts.owns(connection, draft, " for update")) {
      return DayHistory.published(connection, draft).orElseThrow(() -> Drafts.replaced(draft));
    }
    update(connection, "insert into day_state (day) values (?) on conflict do nothing", day);
    State state = state().orElseThrow();
    List<Difference> difference =
        DayHistory.compare(connection, day, state.shown, draft.generation());
    Reason reason = new Reason(publication.who(), publication.why(), publication.inputs());
    DayVersion version = DayHistory.add(connection, Action.PUBLISHED, draft, reason, difference);
    if (publication.shown() != Shown.BESIDE) {
      boolean lock = publication.shown() == Shown.LOCKED;
      show(draft.generation(), lock || state.locked);
      if (lock && !state.locked) {
        note(Action.LOCKED, draft.generation(), reason, List.of());
      }
    }
    update(
        connection,
        "update day_window set covered_by = ? where day = ? and covered_by is null and applied_at < ?",
        draft.generation(),
        day,
        draft.begunAt());
    update(connection, "delete from day_draft where day = ?", day);
    return version;
  }

  private Optional<State> state() throws SQLException {
    return select(
            connection,
            "select generation, state = 'locked' from day_state where day = ? for update",
            row -> new State(row.getInt(1), row.getBoolean(2)),
            day)
        .stream()
        .findFirst();
  }

  private State known() throws SQLException {
    return state()
        .orElseThrow(() -> new IllegalArgumentException("day " + day + " holds no metrics"));
  }

  private void show(int generation, boolean locked) throws SQLException {
    update(
        connection,
        "update day_state set generation = ?, state = ? where day = ?",
        generation,
        locked ? "locked" : "open",
        day);
  }

  private void note(Action action, int generation, Reason reason, List<Difference> difference)
      throws SQLException {
    Draft what = new Draft(day, generation, "", Instant.EPOCH);
    DayHistory.add(connection, action, what, reason, difference);
  }

  Boolean lock(int generation, String who, String why) throws SQLException {
    State state = known();
    if (generation == 0) {
      throw new IllegalArgumentException(
          "day " + day + ": generation 0 is live and cannot be locked: correct the day first");
    }
    requirePublished(connection, day, generation);
    if (!state.locked || state.shown != generation) {
      List<Difference> difference = DayHistory.compare(connection, day, state.shown, generation);
      show(generation, true);
      note(Action.LOCKED, generation, new Reason(who, why, ""), difference);
      return true;
    }
    return false;
  }

  static void requirePublished(Connection connection, LocalDate day, int generation)
      throws SQLException {
    boolean there =
        !select(
                connection,
                "select 1 from day_history where day = ? and generation = ? and action = 'PUBLISHED' and not swept",
                row -> row.getInt(1),
                day,
                generation)
            .isEmpty();
    if (!there) {
      throw new IllegalArgumentException(
          "day " + day + " has no generation " + generation + ", or no longer: see its history");
    }
  }

  Boolean unlock(String who, String why) throws SQLException {
    State state = known();
    if (state.locked) {
      show(state.shown, false);
      note(Action.UNLOCKED, state.shown, new Reason(who, why, ""), List.of());
    }
    return state.locked;
  }

  private record Old(LocalDate day, int generation) {}

  /** The newest first: what only they have taken over goes with them. */
  private static void deleteSwept(Connection connection, LocalDate day) throws SQLException {
    List<Integer> swept =
        select(
            connection,
            "select generation from day_history where day = ? and action = 'PUBLISHED' and swept order by generation desc",
            row -> row.getInt(1),
            day);
    for (int generation : swept) {
      Drafts.deleteGeneration(connection, day, generation);
    }
  }

  /** Deletes what is neither shown nor among the newest; the day's row is held meanwhile. */
  static int sweep(Connection connection, int keep) throws SQLException {
    List<Old> old =
        select(
            connection,
            "select h.day, h.generation from day_history h join day_state d using (day)"
                + " where h.action = 'PUBLISHED' and not h.swept and h.generation <> d.generation"
                + " and h.generation <= (select max(n.generation) from day_history n where n.day = h.day and n.action = 'PUBLISHED') - ?"
                + " order by h.day, h.generation for update of d",
            row -> new Old(row.getObject(1, LocalDate.class), row.getInt(2)),
            keep);
    for (Old generation : old) {
      update(
          connection,
          "update day_history set swept = true where day = ? and generation = ? and action = 'PUBLISHED'",
          generation.day,
          generation.generation);
    }
    for (LocalDate day : old.stream().map(Old::day).distinct().toList()) {
      deleteSwept(connection, day);
    }
    return old.size();
  }
}
