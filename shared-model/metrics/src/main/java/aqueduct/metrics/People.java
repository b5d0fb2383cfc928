// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import aqueduct.logs.FieldScan;
import aqueduct.metrics.ReportSpec.Bots;
import aqueduct.metrics.ReportSpec.Sketch;
import aqueduct.wire.EnrichedLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * EnrichedLog bytes of a day -> what every visitor did, by site; and that -> the day's exact
 * numbers. Who counts as a visitor is what the sketches count. Not thread-safe.
 */
public final class People {
  private final List<Places> reports;
  private final int[] fields;
  private final FieldScan scan = new FieldScan();
  private final EventFacts facts = new EventFacts();
  private final Map<String, VisitorDay> visitors = new HashMap<>();
  private byte[] values = new byte[4096];
  private int kept;

  /** For the reports that keep a sketch of visitors. */
  public People(List<ReportSpec> all) {
    List<ReportSpec> counting =
        all.stream()
            .filter(report -> report.sketches().contains(Sketch.VISITORS))
            .filter(report -> report.bots() != Bots.ONLY)
            .toList();
    fields = counting.stream().flatMapToInt(CellTable::fields).distinct().toArray();
    reports = counting.stream().map(report -> Places.of(report, fields)).toList();
  }

  /** The fields beyond those of {@link Cube#fields} that are read. */
  public static List<String> fields() {
    return List.of("site_id", "url_path");
  }

  public void add(byte[] buffer, int from, int to) {
    scan.scan(buffer, from, to);
    facts.read(scan);
    if (!facts.person) {
      return;
    }
    VisitorDay day = visitors.computeIfAbsent(key(), any -> new VisitorDay());
    int before = day.size();
    day.seen(values, values());
    if (facts.pageView) {
      day.viewed(
          scan.number(EnrichedLog.TIME_US_FIELD_NUMBER), text(EnrichedLog.URL_PATH_FIELD_NUMBER));
    }
    kept += day.size() - before;
  }

  private String key() {
    return text(EnrichedLog.SITE_ID_FIELD_NUMBER)
        + '\t'
        + HexFormat.of().toHexDigits(facts.visitor);
  }

  private String text(int field) {
    return new String(
            scan.buffer(), scan.from(field), CellTable.cut(scan, field), StandardCharsets.UTF_8)
        .replace('\0', '\uFFFD');
  }

  private int values() {
    int length = 0;
    for (int field : fields) {
      int size = CellTable.cut(scan, field);
      if (values.length < length + 2 + size) {
        values = Arrays.copyOf(values, 2 * (length + 2 + size));
      }
      values[length] = (byte) (size >>> 8);
      values[length + 1] = (byte) size;
      System.arraycopy(scan.buffer(), scan.from(field), values, length + 2, size);
      length += 2 + size;
    }
    return length;
  }

  /** What the memory goes by. */
  public int kept() {
    return kept;
  }

  /** Gives away what was gathered, by site and visitor, and starts anew. */
  public Iterator<Map.Entry<String, VisitorDay>> take() {
    List<Map.Entry<String, VisitorDay>> taken = new ArrayList<>();
    visitors.forEach((key, day) -> taken.add(Map.entry(key, day)));
    visitors.clear();
    kept = 0;
    return taken.iterator();
  }

  /** The cells of the reports in which the visitor counts as one. */
  public Set<ExactKey> cells(VisitorDay day) {
    Set<ExactKey> cells = new HashSet<>();
    for (List<String> combination : day.combinations()) {
      for (Places report : reports) {
        cells.add(report.cell(combination));
      }
    }
    return cells;
  }

  /** Where a report's dimensions are among the values of an event. */
  private record Places(String report, List<Integer> places) {
    static Places of(ReportSpec report, int[] fields) {
      List<Integer> all = Arrays.stream(fields).boxed().toList();
      return new Places(report.name(), CellTable.fields(report).map(all::indexOf).boxed().toList());
    }

    ExactKey cell(List<String> values) {
      return new ExactKey(report, places.stream().map(values::get).toList());
    }
  }

  /** A report's cell of a whole day. */
  public record ExactKey(String report, List<String> dimensions) {}
}
