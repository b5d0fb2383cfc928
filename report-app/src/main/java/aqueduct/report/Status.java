// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.DayState;
import aqueduct.metrics.CorrectedDays.DayVersion;
import aqueduct.metrics.CorrectedDays.Difference;
import aqueduct.metrics.CorrectedDays.LiveAddition;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.AppliedWindow;
import aqueduct.metrics.MetricStore.Conservation;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metric store -> what an operator asks first: how fresh are the numbers, is every line
 * accounted for, which days are corrected and locked and what waits beside them.
 */
final class Status {
  private final MetricStore store;
  private final @Nullable CorrectedDays days;
  private final Clock clock;

  Status(MetricStore store, @Nullable CorrectedDays days, Clock clock) {
    this.store = store;
    this.days = days;
    this.clock = clock;
  }

  /** {@code lag_seconds}: how far the end of the newest applied window lies behind now. */
  Map<String, Object> now() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("newest_window", store.newestWindow().map(this::window).orElse(null));
    status.put("conservation", conservation(store.conservation()));
    status.put("days", days());
    return status;
  }

  private Map<String, Object> window(AppliedWindow window) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("start", window.start().toString());
    json.put("end", window.end().toString());
    json.put("events", window.events());
    json.put("applied_at", window.appliedAt().toString());
    json.put("lag_seconds", Duration.between(window.end(), clock.instant()).toSeconds());
    return json;
  }

  private static Map<String, Object> conservation(Conservation sums) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("files", sums.files());
    json.put("lines", sums.lines());
    json.put("events", sums.events());
    json.put("rejected", sums.rejected());
    json.put("filtered", sums.filtered());
    json.put("duplicate_lines", sums.duplicateLines());
    json.put("gap", sums.gap());
    return json;
  }

  /** Newest first. A store without generations has live days only. */
  List<Map<String, Object>> days() {
    List<DayState> states =
        new ArrayList<>(
            days == null
                ? store.days().stream().map(day -> new DayState(day, 0, false, 0, 0)).toList()
                : days.states());
    Collections.reverse(states);
    return states.stream().map(Status::day).toList();
  }

  private static Map<String, Object> day(DayState state) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("day", state.day().toString());
    json.put("state", state.locked() ? "locked" : state.shown() > 0 ? "corrected" : "live");
    json.put("generation", state.shown());
    json.put("newest_generation", state.newest());
    json.put("late_events", state.shown() > 0 ? state.uncoveredEvents() : 0);
    return json;
  }

  /** The day of that name if it was corrected. */
  Optional<Map<String, Object>> day(String name) {
    return days == null || !name.matches("\\d{4}-\\d\\d-\\d\\d")
        ? Optional.empty()
        : days.state(date(name)).filter(state -> state.newest() > 0).map(Status::day);
  }

  /** One day with its versions, their differences, and what waits beside the number shown. */
  Map<String, Object> history(String text) {
    LocalDate date = date(text);
    DayState state =
        days == null
            ? new DayState(date, 0, false, 0, 0)
            : days.state(date).orElseThrow(() -> new BadQuestion("day", text, "holds no metrics"));
    Map<String, Object> json = day(state);
    DayNumbers numbers = days == null ? null : new DayNumbers(days);
    json.put("totals", numbers == null ? List.of() : numbers.totals(state));
    json.put("exact", numbers == null ? List.of() : numbers.exact(state));
    json.put(
        "late",
        days == null || state.shown() == 0
            ? List.of()
            : days.uncovered(date).stream().map(Status::late).toList());
    json.put(
        "history",
        days == null ? List.of() : days.history(date).stream().map(Status::version).toList());
    return json;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (java.time.format.DateTimeParseException e) {
      throw new BadQuestion("day", text, "must be a date such as 2026-11-23");
    }
  }

  private static Map<String, Object> late(LiveAddition addition) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("window_start", addition.windowStart().toString());
    json.put("applied_at", addition.at().toString());
    json.put("events", addition.events());
    return json;
  }

  private static Map<String, Object> version(DayVersion version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", version.at().toString());
    json.put("action", version.action().name().toLowerCase(java.util.Locale.ROOT));
    json.put("generation", version.generation());
    json.put("who", version.who());
    json.put("why", version.why());
    json.put("inputs", version.inputs());
    json.put("difference", version.difference().stream().map(Status::difference).toList());
    return json;
  }

  private static Map<String, Object> difference(Difference difference) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("report", difference.report());
    json.put("measure", difference.measure());
    json.put("before", difference.before());
    json.put("after", difference.after());
    return json;
  }
}
