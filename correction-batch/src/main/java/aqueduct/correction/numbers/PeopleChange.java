// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.metrics.ExactMeasure;
import aqueduct.metrics.ReportSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a day's exact numbers change by rows that came since -> its next numbers. */
public final class PeopleChange {
  private final Map<Tally, Double> changes;
  private final Instant dayStart;
  private final int mostPages;

  PeopleChange(Map<Tally, Double> changes, Instant dayStart, int mostPages) {
    this.changes = changes;
    this.dayStart = dayStart;
    this.mostPages = mostPages;
  }

  /**
   * The numbers of the version before -> what a count of all rows would give. Empty if only that
   * count can say, since pages share the row of the rest: which they are is no longer known.
   */
  public Optional<List<ExactMeasure>> next(List<ExactMeasure> before) {
    Map<Tally, Double> next = new HashMap<>();
    before.forEach(measure -> next.put(Tally.of(measure), Tally.number(measure)));
    changes.forEach((tally, change) -> next.merge(tally, change, Double::sum));
    next.entrySet().removeIf(entry -> entry.getValue() == 0 && !isKept(entry.getKey()));
    return isWithoutRest(next) ? Optional.of(measures(next)) : Optional.empty();
  }

  /** A site with visits and no bounce says so; nobody else has a row of 0. */
  private static boolean isKept(Tally tally) {
    return tally.report().equals(Tally.VISITS);
  }

  private boolean isWithoutRest(Map<Tally, Double> next) {
    Set<String> touched = new HashSet<>();
    changes.keySet().stream().filter(Tally::isOfPages).forEach(tally -> touched.add(tally.group()));
    Map<String, Integer> pages = new HashMap<>();
    for (Tally tally : next.keySet()) {
      if (tally.isOfPages() && touched.contains(tally.group())) {
        int count = pages.merge(tally.group(), 1, Integer::sum);
        if (count > mostPages || tally.dimensions().get(1).equals(ReportSpec.OTHER)) {
          return false;
        }
      }
    }
    return true;
  }

  private List<ExactMeasure> measures(Map<Tally, Double> numbers) {
    List<ExactMeasure> measures = new ArrayList<>();
    numbers.forEach((tally, number) -> measures.add(tally.measure(number, dayStart)));
    return measures;
  }
}
