// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.DayState;
import aqueduct.metrics.ExactMeasure;
import aqueduct.metrics.Grain;
import aqueduct.metrics.Measures;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A day -> its totals as they were counted live beside those of its newest version. */
final class DayNumbers {
  /** Of the report that holds every request. */
  private static final String REPORT = "traffic";

  private static final List<String> EXACT =
      List.of("unique_visitors", "visits", "bounces", "page_views", "seconds");
  private final CorrectedDays days;

  DayNumbers(CorrectedDays days) {
    this.days = days;
  }

  /**
   * {@code measure, live, corrected, difference}; without the last two where no version is.
   * Distinct visitors and quantiles are estimates in both, and not compared.
   */
  List<Map<String, Object>> totals(DayState state) {
    Map<String, Object> live = total(state.day(), 0);
    Map<String, Object> corrected =
        state.newest() == 0 ? Map.of() : total(state.day(), state.newest());
    List<Map<String, Object>> totals = new ArrayList<>();
    live.forEach(
        (measure, value) -> {
          if (value instanceof Long before) {
            totals.add(total(measure, before, corrected.get(measure)));
          }
        });
    return totals;
  }

  private static Map<String, Object> total(String measure, long live, @Nullable Object corrected) {
    Map<String, Object> total = new LinkedHashMap<>();
    total.put("measure", measure);
    total.put("live", live);
    if (corrected instanceof Long after) {
      total.put("corrected", after);
      total.put("difference", after - live);
    }
    return total;
  }

  private Map<String, Object> total(LocalDate day, int generation) {
    Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    MetricQuery query =
        new MetricQuery(
            REPORT,
            start,
            day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
            Grain.ALL,
            List.of(),
            Map.of());
    List<MetricRow> rows = days.query(query, generation);
    return rows.isEmpty()
        ? ReportTable.measures(Measures.NONE)
        : ReportTable.measures(rows.get(0).measures());
  }

  /** The exact numbers of the newest version, by site. */
  List<Map<String, Object>> exact(DayState state) {
    if (state.newest() == 0) {
      return List.of();
    }
    Map<String, Map<String, Object>> sites = new TreeMap<>();
    for (ExactMeasure measure : days.exact(state.day(), state.newest())) {
      boolean ofSite = measure.report().equals(REPORT) || measure.report().equals("visits");
      if (ofSite && measure.dimensions().size() == 1 && EXACT.contains(measure.name())) {
        sites
            .computeIfAbsent(measure.dimensions().get(0), DayNumbers::site)
            .put(measure.name(), Math.round(measure.value()));
      }
    }
    return List.copyOf(sites.values());
  }

  private static Map<String, Object> site(String name) {
    Map<String, Object> site = new LinkedHashMap<>();
    site.put("site", name);
    EXACT.forEach(measure -> site.put(measure, 0L));
    return site;
  }
}
