// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.LineProblem;

/** What can be wrong with a line of a standard log. */
final class Problems {
  static final LineProblem BAD_TIME =
      new LineProblem(
          "bad_time",
          "The columns date and time (or timestamp) are not a UTC time like 2019-12-04 and"
              + " 21:02:31, of 1970 to 2099: the line is damaged or of another format.");

  static final LineProblem BAD_JSON =
      new LineProblem(
          "bad_json",
          "The line is not one JSON object of up to 100 names (of up to 64 bytes) and their texts:"
              + " the line is damaged or of another format.");

  private Problems() {}

  static LineProblem badNumber(String column) {
    return new LineProblem(
        "bad_number",
        "The column "
            + column
            + " is not a number of zero or more: the line is damaged or of another format.");
  }

  /** For a line of {@code width} columns that do not fit what the header says. */
  static LineProblem width(int width, Header header) {
    Columns columns = header.columns();
    if (header.refused()) {
      return new LineProblem(
          "unreadable_header",
          "The #Fields line above cannot make events: it lacks date and time (or timestamp), or"
              + " both of sc-status and cs-uri-stem, is of another format, or has over 100"
              + " columns.");
    }
    if (columns == null) {
      return new LineProblem(
          "unknown_width",
          "There is no #Fields line, and standard logs never had lines of "
              + width
              + " columns: put the #Fields line back, or leave the line out.");
    }
    return new LineProblem(
        width < columns.width() ? "too_few_columns" : "too_many_columns",
        "The line has "
            + width
            + " columns where the #Fields line names "
            + columns.width()
            + ": the line is damaged.");
  }

  static LineProblem realtimeWidth(int width, int configured) {
    return new LineProblem(
        "unknown_width",
        "The record has "
            + width
            + " fields where the list of its date names "
            + configured
            + ": set the list of fields, by date, to what was chosen at AWS, and recover the"
            + " record.");
  }
}
