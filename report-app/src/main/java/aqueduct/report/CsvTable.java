// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A table -> CSV (RFC 4180). A text cell that a spreadsheet would take for a formula gets a quote
 * mark in front, since paths and campaigns are written by strangers.
 */
final class CsvTable {

  private CsvTable() {}

  static void write(ReportTable table, Appendable out) throws IOException {
    List<String> columns = table.columns();
    out.append(String.join(",", columns)).append("\r\n");
    for (Map<String, Object> cells : table.rows()) {
      for (int i = 0; i < columns.size(); i++) {
        Object cell = cells.get(columns.get(i));
        out.append(i == 0 ? "" : ",").append(cell == null ? "" : cell(cell));
      }
      out.append("\r\n");
    }
  }

  private static String cell(Object value) {
    return value instanceof String text ? quoted(guarded(text)) : value.toString();
  }

  static String guarded(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
