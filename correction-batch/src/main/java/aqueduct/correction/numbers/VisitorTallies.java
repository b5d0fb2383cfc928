// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.metrics.People;
import aqueduct.metrics.People.ExactKey;
import aqueduct.metrics.ReportSpec;
import aqueduct.metrics.VisitorDay;
import aqueduct.metrics.Visits.Visit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import scala.Tuple2;

/**
 * What visitors did, in parts, sorted by visitor -> how each number of the day changes by the parts
 * that are new: what the visitor counts for with them, less what the visitor counted for without.
 */
final class VisitorTallies {
  private static final byte COUNTED = 0;
  private static final byte NEW = 1;
  private final People people;
  private final Map<Tally, Double> tallies = new HashMap<>();

  private VisitorTallies(List<ReportSpec> reports) {
    people = new People(reports);
  }

  /** A part that {@link #of} reads; new, or counted by the version before. */
  static byte[] part(VisitorDay day, boolean isNew) {
    byte[] encoded = day.encode();
    byte[] part = new byte[encoded.length + 1];
    part[0] = isNew ? NEW : COUNTED;
    System.arraycopy(encoded, 0, part, 1, encoded.length);
    return part;
  }

  static Iterator<Tuple2<Tally, Double>> of(
      Iterator<Tuple2<String, byte[]>> sorted, List<ReportSpec> reports) {
    VisitorTallies all = new VisitorTallies(reports);
    String key = "";
    VisitorDay counted = new VisitorDay();
    VisitorDay added = new VisitorDay();
    while (sorted.hasNext()) {
      Tuple2<String, byte[]> part = sorted.next();
      if (!part._1().equals(key)) {
        all.change(key, counted, added);
        key = part._1();
        counted = new VisitorDay();
        added = new VisitorDay();
      }
      byte[] bytes = part._2();
      VisitorDay day = VisitorDay.decode(Arrays.copyOfRange(bytes, 1, bytes.length));
      (bytes[0] == NEW ? added : counted).merge(day);
    }
    all.change(key, counted, added);
    return all.tallies.entrySet().stream()
        .map(e -> new Tuple2<>(e.getKey(), e.getValue()))
        .iterator();
  }

  private void change(String visitor, VisitorDay counted, VisitorDay added) {
    if (!visitor.isEmpty()) {
      String site = visitor.substring(0, visitor.indexOf('\t'));
      add(site, counted, -1);
      counted.merge(added);
      add(site, counted, 1);
    }
  }

  private void add(String site, VisitorDay day, double times) {
    for (ExactKey cell : people.cells(day)) {
      add(cell.report(), "unique_visitors", cell.dimensions(), times);
    }
    List<String> ofSite = List.of(site);
    for (Visit visit : day.visits()) {
      add(Tally.VISITS, "visits", ofSite, times);
      add(Tally.VISITS, "bounces", ofSite, visit.pages() == 1 ? times : 0);
      add(Tally.VISITS, "page_views", ofSite, times * visit.pages());
      add(Tally.VISITS, Tally.SECONDS, ofSite, times * visit.micros());
      add(Tally.ENTRY_PAGES, "visits", List.of(site, visit.entry()), times);
      add(Tally.EXIT_PAGES, "visits", List.of(site, visit.exit()), times);
    }
  }

  private void add(String report, String name, List<String> dimensions, double number) {
    tallies.merge(new Tally(report, name, dimensions), number, Double::sum);
  }
}
