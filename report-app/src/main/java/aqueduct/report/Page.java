// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of an answer are wanted, and in which order.
 *
 * @param order a column, {@code -} in front for the largest first; empty: by time and dimensions
 * @param limit most rows
 * @param offset rows to leave out first
 */
record Page(String order, int limit, int offset) {

  static Page of(@Nullable String order, @Nullable String limit, @Nullable String offset) {
    return new Page(
        order == null ? "" : order,
        number("limit", limit, 1, Integer.MAX_VALUE),
        number("offset", offset, 0, 0));
  }

  private static int number(String name, @Nullable String text, int least, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // named below
    }
    throw new BadQuestion(name, text, "must be a whole number, " + least + " or more");
  }

  /** The page's rows. */
  List<Map<String, Object>> of(List<Map<String, Object>> rows, List<String> columns) {
    return sorted(rows, columns).stream().skip(offset).limit(limit).toList();
  }

  private List<Map<String, Object>> sorted(List<Map<String, Object>> rows, List<String> columns) {
    if (order.isEmpty()) {
      return rows;
    }
    boolean down = order.startsWith("-");
    String column = down ? order.substring(1) : order;
    if (!columns.contains(column)) {
      throw new BadQuestion(
          "order",
          order,
          "must be one of " + String.join(", ", columns) + "; - in front for the largest first");
    }
    Comparator<Map<String, Object>> ascending = (a, b) -> compare(a.get(column), b.get(column));
    return rows.stream().sorted(down ? ascending.reversed() : ascending).toList();
  }

  /** What is absent is least. */
  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return a instanceof Number x && b instanceof Number y
        ? Double.compare(x.doubleValue(), y.doubleValue())
        : a.toString().compareTo(b.toString());
  }
}
