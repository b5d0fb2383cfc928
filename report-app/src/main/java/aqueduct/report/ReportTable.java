// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.Grain;
import aqueduct.metrics.Measures;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer to a question, as a table: {@code bucket_start}, the dimensions, the measures. */
record ReportTable(MetricQuery query, Page page, List<MetricRow> all) {

  /**
   * The table as JSON is written: what was asked, then the rows. Measures that a report does not
   * keep are absent.
   */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("report", query.report());
    json.put("from", query.from().toString());
    json.put("to", query.to().toString());
    json.put("grain", query.grain().text());
    json.put("by", query.by());
    json.put("total_rows", all.size());
    json.put("rows", rows());
    return json;
  }

  /** The rows of the page that was asked. */
  List<Map<String, Object>> rows() {
    return page.of(all.stream().map(this::cells).toList(), columns());
  }

  List<String> columns() {
    List<String> columns = new ArrayList<>();
    columns.add("bucket_start");
    columns.addAll(query.by());
    columns.addAll(measures(Measures.NONE).keySet());
    columns.addAll(SKETCHED);
    return columns;
  }

  static final List<String> SKETCHED =
      List.of("unique_visitors", "duration_p50", "duration_p95", "duration_p99");

  Map<String, Object> cells(MetricRow row) {
    Map<String, Object> cells = new LinkedHashMap<>();
    Instant start = query.grain() == Grain.ALL ? query.from() : row.bucketStart();
    cells.put("bucket_start", start.toString());
    cells.putAll(row.dimensions());
    Measures measures = row.measures();
    cells.putAll(measures(measures));
    if (measures.visitors() != null) {
      cells.put("unique_visitors", Math.round(measures.uniqueVisitors()));
    }
    if (measures.duration() != null) {
      cells.put("duration_p50", seconds(measures.durationQuantile(0.50)));
      cells.put("duration_p95", seconds(measures.durationQuantile(0.95)));
      cells.put("duration_p99", seconds(measures.durationQuantile(0.99)));
    }
    return cells;
  }

  static Map<String, Object> measures(Measures measures) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("requests", measures.requests());
    cells.put("page_views", measures.pageViews());
    cells.put("bytes_sent", measures.bytesSent());
    cells.put("cache_hits", measures.cacheHits());
    cells.put("cacheable", measures.cacheable());
    cells.put("status_2xx", measures.status2xx());
    cells.put("status_3xx", measures.status3xx());
    cells.put("status_4xx", measures.status4xx());
    cells.put("status_5xx", measures.status5xx());
    return cells;
  }

  private static double seconds(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
