// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The reports that there are, and their answers. */
final class Reports {
  private final MetricStore store;
  private final List<ReportSpec> specs;
  private final int maxRows;

  Reports(MetricStore store, List<ReportSpec> specs, int maxRows) {
    this.store = store;
    this.specs = specs;
    this.maxRows = maxRows;
  }

  List<ReportSpec> all() {
    return specs;
  }

  /** The UTC days that hold metrics, oldest first. */
  List<LocalDate> days() {
    return store.days();
  }

  ReportTable answer(String name, Question question) {
    ReportSpec spec =
        specs.stream()
            .filter(report -> report.name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(name));
    MetricQuery query = question.to(spec, endOfData());
    List<MetricRow> rows = store.query(query);
    ReportTable table = new ReportTable(query, question.page(), rows);
    int asked = Math.min(rows.size() - question.page().offset(), question.page().limit());
    if (asked > maxRows) {
      throw new BadQuestion(
          "limit",
          Integer.toString(asked),
          "an answer holds at most "
              + maxRows
              + " rows: ask for a limit, a shorter range, a wider grain or fewer dimensions");
    }
    return table;
  }

  /**
   * The 5-minute bucket after which nothing can be: the end of the newest day, or now if that comes
   * first.
   */
  private Instant endOfData() {
    List<LocalDate> days = store.days();
    Instant now = Grain.FIVE_MINUTES.floor(Instant.now()).plusSeconds(300);
    if (days.isEmpty()) {
      return now;
    }
    Instant end = days.get(days.size() - 1).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return end.isBefore(now) ? end : now;
  }

  private BadQuestion unknown(String name) {
    return new BadQuestion(
        "report",
        name,
        "there are " + String.join(", ", specs.stream().map(ReportSpec::name).toList()));
  }
}
