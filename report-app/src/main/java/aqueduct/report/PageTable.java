// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.ReportSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One report's answer -> a table of texts for people. */
record PageTable(
    String name, List<String> dimensions, List<String> measures, List<Row> rows, long total) {

  /** Values of the dimensions, unknown ones as empty; then of the measures. */
  record Row(List<String> values, List<String> numbers) {}

  private static final Map<String, String> LABELS = labels();

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("requests", "requests");
    labels.put("page_views", "page views");
    labels.put("unique_visitors", "visitors");
    labels.put("bytes_sent", "bytes");
    labels.put("status_4xx", "4xx");
    labels.put("status_5xx", "5xx");
    labels.put("duration_p95", "p95");
    return labels;
  }

  static PageTable of(ReportSpec report, ReportTable table) {
    List<Map<String, Object>> cells = table.rows();
    List<String> shown =
        LABELS.keySet().stream()
            .filter(name -> cells.stream().anyMatch(row -> row.containsKey(name)))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (Map<String, Object> row : cells) {
      rows.add(
          new Row(
              report.dimensions().stream().map(name -> String.valueOf(row.get(name))).toList(),
              shown.stream().map(name -> text(name, row.get(name))).toList()));
    }
    return new PageTable(
        report.name(),
        report.dimensions(),
        shown.stream().map(name -> LABELS.getOrDefault(name, name)).toList(),
        rows,
        table.all().size());
  }

  static Map<String, String> tiles(Map<String, Object> total) {
    Map<String, String> tiles = new LinkedHashMap<>();
    tiles.put("requests", text("requests", total.get("requests")));
    tiles.put("page views", text("page_views", total.get("page_views")));
    tiles.put("unique visitors", text("unique_visitors", total.get("unique_visitors")));
    tiles.put("sent", text("bytes_sent", total.get("bytes_sent")));
    tiles.put("cache hit ratio", ratio(number(total, "cache_hits"), number(total, "cacheable")));
    tiles.put(
        "errors (4xx + 5xx)",
        ratio(
            number(total, "status_4xx") + number(total, "status_5xx"), number(total, "requests")));
    tiles.put("time taken, p95", text("duration_p95", total.get("duration_p95")));
    return tiles;
  }

  private static double number(Map<String, Object> row, String name) {
    return row.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  private static String ratio(double part, double whole) {
    return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * part / whole);
  }

  private static String text(String measure, @Nullable Object value) {
    if (!(value instanceof Number number)) {
      return "–";
    }
    return switch (measure) {
      case "bytes_sent" -> bytes(number.doubleValue());
      case "duration_p95" -> seconds(number.doubleValue());
      default -> String.format(Locale.ROOT, "%,d", number.longValue());
    };
  }

  private static String bytes(double value) {
    String[] units = {" B", " KB", " MB", " GB", " TB", " PB"};
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 10 && unit > 0 ? "%.1f" : "%.0f", value)
        + units[unit];
  }

  private static String seconds(double value) {
    return value < 1
        ? Math.round(value * 1000) + " ms"
        : String.format(Locale.ROOT, "%.2f s", value);
  }
}
