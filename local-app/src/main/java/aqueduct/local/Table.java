// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows under named columns -> text in one of the formats. An absent value is empty. */
final class Table {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUN = "=+-@\t\r";
  private final List<String> columns;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  Table(String... columns) {
    this(List.of(columns));
  }

  Table(List<String> columns) {
    this.columns = columns;
  }

  void add(@Nullable Object... row) {
    rows.add(Arrays.asList(row));
  }

  void print(Format format, PrintStream out) {
    switch (format) {
      case TABLE -> table(out);
      case JSON -> out.println(json(maps()));
      case NDJSON -> rows.forEach(row -> out.println(json(map(row))));
      case CSV -> {
        out.println(columns.stream().map(Table::csv).collect(Collectors.joining(",")));
        rows.forEach(
            row -> out.println(row.stream().map(Table::csv).collect(Collectors.joining(","))));
      }
    }
    out.flush();
  }

  /** The rows, each as names to values. */
  List<Map<String, @Nullable Object>> maps() {
    return rows.stream().map(this::map).toList();
  }

  private Map<String, @Nullable Object> map(List<@Nullable Object> row) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) map.put(columns.get(i), row.get(i));
    return map;
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A text that a spreadsheet would run gets a quote mark, as exported files have it. */
  private static String csv(@Nullable Object value) {
    String raw = text(value);
    boolean runs = value instanceof String && !raw.isEmpty() && RUN.indexOf(raw.charAt(0)) >= 0;
    String text = runs ? "'" + raw : raw;
    boolean quote = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private void table(PrintStream out) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              columns.get(i).length(),
              rows.stream().mapToInt(row -> text(row.get(column)).length()).max().orElse(0));
    }
    out.println(line(columns, widths));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private String line(List<? extends @Nullable Object> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> padded(text(cells.get(i)), widths[i], isNumber(i)))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private boolean isNumber(int column) {
    return rows.stream().anyMatch(row -> row.get(column) instanceof Number);
  }

  private static String padded(String text, int width, boolean right) {
    String blank = " ".repeat(width - text.length());
    return right ? blank + text : text + blank;
  }
}
