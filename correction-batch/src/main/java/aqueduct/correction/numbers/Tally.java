// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.metrics.ExactMeasure;
import aqueduct.metrics.Grain;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The key of one number of a day: report, name, and the values of its dimensions. Its number is
 * whole, so that no order of adding shows: a length of time is in microseconds.
 */
record Tally(String report, String name, List<String> dimensions) implements Serializable {
  static final String VISITS = "visits";
  static final String ENTRY_PAGES = "entry_pages";
  static final String EXIT_PAGES = "exit_pages";
  static final String SECONDS = "seconds";

  Tally {
    dimensions = new ArrayList<>(dimensions);
  }

  static Tally of(ExactMeasure measure) {
    return new Tally(measure.report(), measure.name(), measure.dimensions());
  }

  static double number(ExactMeasure measure) {
    return measure.name().equals(SECONDS) ? Math.rint(measure.value() * 1e6) : measure.value();
  }

  ExactMeasure measure(double number, Instant dayStart) {
    double value = name.equals(SECONDS) ? number / 1e6 : number;
    return new ExactMeasure(report, Grain.DAY, dayStart, dimensions, name, value);
  }

  /** Whether only the pages with most visits keep their own row. */
  boolean isOfPages() {
    return report.equals(ENTRY_PAGES) || report.equals(EXIT_PAGES);
  }

  /** Report, name and site. */
  String group() {
    return report + '\t' + name + '\t' + dimensions.get(0);
  }
}
