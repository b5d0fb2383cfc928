// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Outcomes -> a table and a plot for the documentation. */
public final class SimulationReport {
  private static final int BAR = 22;
  private static final int TOP = 44;
  private static final int LEFT = 190;
  private static final int WIDE = 330;
  private final List<Outcome> outcomes;

  public SimulationReport(List<Outcome> outcomes) {
    this.outcomes = outcomes;
  }

  /** Rows of a Markdown table. */
  public String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            | policy | metrics fresh | stale, h | longest stale | cost | of always on demand | launches | most alive | most launches an hour |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|
            """);
    for (Outcome o : outcomes) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.3f %% | %.1f | %s | $%,.0f | %.1f %% | %,d | %d | %d |\n",
              o.policy(),
              100 * o.fresh(),
              o.staleHours(),
              words(o.longestStale()),
              o.cost(),
              100 * o.costShare(),
              o.launches(),
              o.mostAlive(),
              o.mostLaunches()));
    }
    return text.toString();
  }

  private static String words(Duration duration) {
    return duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }

  /** Two rows of bars: hours without fresh metrics, and money. */
  public String svg() {
    int height = TOP + 2 * panelHeight() + 10;
    StringBuilder svg =
        new StringBuilder(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\""
                + height
                + "\" viewBox=\"0 0 640 "
                + height
                + "\" font-family=\"sans-serif\" font-size=\"12\">\n"
                + "<rect width=\"640\" height=\""
                + height
                + "\" fill=\"#ffffff\"/>\n");
    svg.append(text(12, 20, "start", "Over " + outcomes.get(0).hours() + " simulated hours"));
    panel(
        svg,
        TOP,
        "hours in which the newest metrics were older than 15 minutes",
        Outcome::staleHours,
        o -> String.format(Locale.ROOT, "%.1f h", o.staleHours()));
    panel(
        svg,
        TOP + panelHeight(),
        "cost, as a share of a cluster that is always on demand",
        Outcome::costShare,
        o -> String.format(Locale.ROOT, "%.1f %%", 100 * o.costShare()));
    return svg.append("</svg>\n").toString();
  }

  private int panelHeight() {
    return 30 + outcomes.size() * (BAR + 6);
  }

  private void panel(
      StringBuilder svg,
      int top,
      String title,
      ToDoubleFunction<Outcome> value,
      Function<Outcome, String> label) {
    double most = outcomes.stream().mapToDouble(value).max().orElse(1);
    svg.append(text(12, top, "start", title));
    int y = top + 12;
    for (Outcome outcome : outcomes) {
      long width = Math.max(1, Math.round(WIDE * value.applyAsDouble(outcome) / most));
      svg.append(text(LEFT - 8, y + 15, "end", outcome.policy()))
          .append(
              String.format(
                  Locale.ROOT,
                  "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
                  LEFT,
                  y,
                  width,
                  BAR,
                  outcome.equals(outcomes.get(0)) ? "#1f6f8b" : "#b0b7bd"))
          .append(text(LEFT + width + 6, y + 15, "start", label.apply(outcome)));
      y += BAR + 6;
    }
  }

  private static String text(long x, int y, String anchor, String words) {
    return "<text x=\""
        + x
        + "\" y=\""
        + y
        + "\" text-anchor=\""
        + anchor
        + "\" fill=\"#222222\">"
        + words
        + "</text>\n";
  }
}
