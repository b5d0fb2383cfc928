// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The page views of one visitor on one site and day -> visits. A visit ends where the next page
 * view is more than 30 minutes away, and with the UTC day, as the daily visitor ids do.
 */
public final class Visits {
  private static final long GAP_MICROS = 30 * 60 * 1_000_000L;

  private Visits() {}

  /** When which page was seen. */
  public record PageView(long micros, String path) {}

  /**
   * One visit.
   *
   * @param pages page views; a visit of one is a bounce
   * @param micros from the first page view to the last
   */
  public record Visit(String entry, String exit, int pages, long micros) {}

  /**
   * The visits, in order of time. Page views of the same moment are taken in order of their paths,
   * so that the order in which they come decides nothing.
   */
  public static List<Visit> of(List<PageView> views) {
    List<PageView> sorted = new ArrayList<>(views);
    sorted.sort(Comparator.comparingLong(PageView::micros).thenComparing(PageView::path));
    List<Visit> visits = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || sorted.get(i).micros - sorted.get(i - 1).micros > GAP_MICROS) {
        visits.add(visit(sorted.subList(from, i)));
        from = i;
      }
    }
    return visits;
  }

  private static Visit visit(List<PageView> views) {
    PageView first = views.get(0);
    PageView last = views.get(views.size() - 1);
    return new Visit(first.path, last.path, views.size(), last.micros - first.micros);
  }
}
