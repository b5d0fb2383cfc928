// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Figures -> lines on a terminal, each with its target beside it where it has one. */
final class Figures {
  private final PrintStream out;

  Figures(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.printf("%n%s%n", text);
  }

  void say(String name, String format, Object... values) {
    out.printf("  %-46s %s%n", name, String.format(Locale.ROOT, format, values));
  }

  /** A figure that should not be lower. */
  void atLeast(String name, double value, double target, String unit) {
    compared(name, value, ">= " + number(target), value >= target, unit);
  }

  /** A figure that should not be higher. */
  void atMost(String name, double value, double target, String unit) {
    compared(name, value, "<= " + number(target), value <= target, unit);
  }

  private void compared(String name, double value, String target, boolean met, String unit) {
    say(name, "%s %s(goal %s: %s)", number(value), unit, target, met ? "met" : "MISSED");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.3g", value);
  }
}
