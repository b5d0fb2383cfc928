// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.StoredSystem;
import aqueduct.metrics.Grain;
import aqueduct.metrics.Measures;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import aqueduct.metrics.ReportSpec.Sketch;
import aqueduct.servers.ServersSettings.Server;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A report of what is stored -> rows. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = "Prints a report: of the running pipeline, or of what is stored.",
    footer = {
      "",
      "Examples:",
      "  ./aqueduct metrics --report traffic",
      "  ./aqueduct metrics --report geo --grain 1d --by country --format csv",
      "  ./aqueduct metrics --report content --from 2026-01-15 --format ndjson",
    })
final class MetricsCommand implements Callable<Integer> {
  private static final List<String> COUNTERS =
      List.of(
          "requests",
          "page_views",
          "bytes_sent",
          "cache_hits",
          "status_2xx",
          "status_3xx",
          "status_4xx",
          "status_5xx");

  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--report",
      paramLabel = "NAME",
      description = "traffic, geo, technology, acquisition, content, bots or delivery",
      defaultValue = "traffic")
  private String report = "traffic";

  @Option(names = "--from", paramLabel = "T", description = "day or time, UTC; default: the first")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "T",
      description = "day or time, UTC, not in it; default: the end")
  private @Nullable String to;

  @Option(names = "--grain", description = "5m, 1h, 1d or all; default: 5m", defaultValue = "5m")
  private String grain = "5m";

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "DIM",
      description = "dimensions to keep; default: all of the report")
  private @Nullable List<String> by;

  @Override
  public Integer call() throws IOException {
    ReportSpec spec = spec();
    List<String> dimensions = by == null ? spec.dimensions() : List.copyOf(by);
    for (String dimension : dimensions) {
      if (!spec.dimensions().contains(dimension)) {
        throw new IllegalArgumentException(
            "report "
                + report
                + " has no dimension "
                + dimension
                + ": it has "
                + spec.dimensions());
      }
    }
    Grain width = Grain.parse(grain);
    try (StoredSystem stored = StoredSystem.open(data.existing(), Server.POSTGRES)) {
      table(spec, dimensions, rows(stored.metrics(), dimensions, width))
          .print(format.format(), System.out);
    }
    return 0;
  }

  private ReportSpec spec() {
    List<ReportSpec> all = ReportSpec.defaults();
    return all.stream()
        .filter(candidate -> candidate.name().equals(report))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no report "
                        + report
                        + ": there are "
                        + all.stream().map(ReportSpec::name).collect(Collectors.joining(", "))));
  }

  private List<MetricRow> rows(MetricStore store, List<String> dimensions, Grain width) {
    List<LocalDate> days = store.days();
    if (days.isEmpty()) return List.of();
    Instant first = from == null ? start(days.get(0)) : time(from);
    Instant end = to == null ? start(days.get(days.size() - 1).plusDays(1)) : time(to);
    return store.query(new MetricQuery(report, first, end, width, dimensions, Map.of()));
  }

  private static Instant time(String text) {
    try {
      return text.length() == 10 ? start(LocalDate.parse(text)) : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          text + " is neither a day like 2026-01-15 nor a time like 2026-01-15T10:00:00Z", e);
    }
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Table table(ReportSpec spec, List<String> dimensions, List<MetricRow> rows) {
    boolean visitors = spec.sketches().contains(Sketch.VISITORS);
    boolean duration = spec.sketches().contains(Sketch.DURATION);
    List<String> columns = new ArrayList<>(List.of("bucket_start"));
    columns.addAll(dimensions);
    columns.addAll(COUNTERS);
    if (visitors) columns.add("unique_visitors");
    if (duration) columns.addAll(List.of("duration_p50", "duration_p95", "duration_p99"));
    Table table = new Table(columns);
    for (MetricRow row : rows) {
      Measures m = row.measures();
      List<@Nullable Object> cells = new ArrayList<>();
      cells.add(row.bucketStart().toString());
      dimensions.forEach(dimension -> cells.add(row.dimensions().get(dimension)));
      cells.addAll(
          List.of(
              m.requests(),
              m.pageViews(),
              m.bytesSent(),
              m.cacheHits(),
              m.status2xx(),
              m.status3xx(),
              m.status4xx(),
              m.status5xx()));
      if (visitors) cells.add(Math.round(m.uniqueVisitors()));
      if (duration) for (double q : new double[] {0.5, 0.95, 0.99}) cells.add(seconds(m, q));
      table.add(cells.toArray());
    }
    return table;
  }

  private static @Nullable Double seconds(Measures measures, double quantile) {
    double value = measures.durationQuantile(quantile);
    return Double.isNaN(value) ? null : Math.round(value * 1000) / 1000.0;
  }
}
