// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.ReportSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * What was chosen -> everything that the page shows of it.
 *
 * @param range {@code 24h}, {@code hour} or a day
 * @param ranges value -> text of what can be chosen
 * @param tiles label -> text
 */
record PageView(
    String range,
    String site,
    Map<String, String> ranges,
    List<String> sites,
    Map<String, String> tiles,
    List<PageTable> tables) {
  private static final String TOP = "50";

  static PageView of(Reports reports, @Nullable String range, String site) {
    Map<String, String> ranges = ranges(reports.days());
    String chosen =
        range != null && ranges.containsKey(range) ? range : ranges.keySet().iterator().next();
    List<PageTable> tables = new ArrayList<>();
    for (ReportSpec report : reports.all()) {
      MultiValueMap<String, String> question = question(chosen, site);
      question.add("order", "-requests");
      question.add("limit", TOP);
      ReportTable table = reports.answer(report.name(), Question.of(question));
      tables.add(PageTable.of(report, table));
    }
    return new PageView(
        chosen, site, ranges, sites(reports, chosen), tiles(reports, chosen, site), tables);
  }

  /** The newest first; what is recent comes first only where something is. */
  private static Map<String, String> ranges(List<LocalDate> days) {
    Map<String, String> recent = new LinkedHashMap<>();
    recent.put("24h", "last 24 hours");
    recent.put("hour", "last hour");
    Map<String, String> ranges = new LinkedHashMap<>();
    boolean fresh = days.isEmpty() || days.contains(LocalDate.now(ZoneOffset.UTC));
    if (fresh) {
      ranges.putAll(recent);
    }
    List<LocalDate> newestFirst = new ArrayList<>(days);
    Collections.reverse(newestFirst);
    newestFirst.forEach(day -> ranges.put(day.toString(), day.toString()));
    recent.forEach(ranges::putIfAbsent);
    return ranges;
  }

  private static MultiValueMap<String, String> question(String range, String site) {
    MultiValueMap<String, String> question = new LinkedMultiValueMap<>();
    question.add("grain", "all");
    if (range.equals("24h") || range.equals("hour")) {
      Instant to =
          Instant.ofEpochSecond(Math.floorDiv(Instant.now().getEpochSecond(), 300) * 300 + 300);
      question.add("from", to.minus(Duration.ofHours(range.equals("hour") ? 1 : 24)).toString());
      question.add("to", to.toString());
    } else {
      question.add("day", range);
    }
    if (!site.isEmpty()) {
      question.add("where", "site:" + site);
    }
    return question;
  }

  private static List<String> sites(Reports reports, String range) {
    MultiValueMap<String, String> question = question(range, "");
    question.add("by", "site");
    question.add("order", "-requests");
    question.add("limit", "200");
    return reports.answer("traffic", Question.of(question)).rows().stream()
        .map(row -> String.valueOf(row.get("site")))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static Map<String, String> tiles(Reports reports, String range, String site) {
    MultiValueMap<String, String> question = question(range, site);
    question.add("by", "");
    List<Map<String, Object>> rows = reports.answer("traffic", Question.of(question)).rows();
    return PageTable.tiles(rows.isEmpty() ? Map.of() : rows.get(0));
  }
}
