// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.ReportSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The parameters of a request -> a question to the metric store. Times are ISO 8601 in UTC ({@code
 * 2026-11-23T10:05:00Z} or a date); {@code to} is exclusive; {@code day} stands for one whole UTC
 * day.
 */
record Question(
    @Nullable String from,
    @Nullable String to,
    @Nullable String day,
    @Nullable String grain,
    @Nullable String by,
    List<String> where,
    Page page) {

  private static final Set<String> PARAMETERS =
      Set.of("from", "to", "day", "grain", "by", "where", "format", "order", "limit", "offset");

  static Question of(MultiValueMap<String, String> parameters) {
    for (String name : parameters.keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw new BadQuestion(
            "parameter", name, "there are " + String.join(", ", new TreeSet<>(PARAMETERS)));
      }
    }
    return new Question(
        parameters.getFirst("from"),
        parameters.getFirst("to"),
        parameters.getFirst("day"),
        parameters.getFirst("grain"),
        parameters.getFirst("by"),
        parameters.getOrDefault("where", List.of()),
        Page.of(
            parameters.getFirst("order"),
            parameters.getFirst("limit"),
            parameters.getFirst("offset")));
  }

  MetricQuery to(ReportSpec report, Instant newest) {
    Grain width = width();
    if (day != null && (from != null || to != null)) {
      throw new BadQuestion("day", day, "stands for a whole day: leave from and to out");
    }
    Instant end = end(newest);
    Instant start = start(end);
    if (!start.isBefore(end)) {
      throw new BadQuestion("from", start.toString(), "must be before to, which is " + end);
    }
    return new MetricQuery(report.name(), start, end, width, kept(report), conditions(report));
  }

  private Grain width() {
    try {
      return grain == null ? Grain.FIVE_MINUTES : Grain.parse(grain);
    } catch (IllegalArgumentException e) {
      throw new BadQuestion("grain", grain, "must be 5m, 1h, 1d or all");
    }
  }

  private Instant end(Instant newest) {
    if (day != null) {
      return wholeDay().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    return to == null ? newest : instant("to", to);
  }

  private Instant start(Instant end) {
    if (day != null) {
      return wholeDay().atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    return from == null ? end.minus(Duration.ofDays(1)) : instant("from", from);
  }

  private LocalDate wholeDay() {
    try {
      return LocalDate.parse(day == null ? "" : day);
    } catch (DateTimeParseException e) {
      throw new BadQuestion("day", String.valueOf(day), "must be a date such as 2026-11-23");
    }
  }

  private static Instant instant(String parameter, String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new BadQuestion(
          parameter, text, "must be ISO 8601 in UTC, such as 2026-11-23T10:05:00Z or 2026-11-23");
    }
  }

  private List<String> kept(ReportSpec report) {
    if (by == null) {
      return report.dimensions();
    }
    List<String> asked = by.isBlank() ? List.of() : List.of(by.split(","));
    for (String dimension : asked) {
      requireDimension("by", dimension, report);
    }
    return report.dimensions().stream().filter(asked::contains).toList();
  }

  private Map<String, String> conditions(ReportSpec report) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String condition : where) {
      int colon = condition.indexOf(':');
      if (colon < 1) {
        throw new BadQuestion("where", condition, "must be dimension:value");
      }
      requireDimension("where", condition.substring(0, colon), report);
      found.put(condition.substring(0, colon), condition.substring(colon + 1));
    }
    return found;
  }

  private static void requireDimension(String parameter, String dimension, ReportSpec report) {
    if (!report.dimensions().contains(dimension)) {
      throw new BadQuestion(
          parameter,
          dimension,
          "report "
              + report.name()
              + " has the dimensions "
              + String.join(", ", report.dimensions()));
    }
  }
}
