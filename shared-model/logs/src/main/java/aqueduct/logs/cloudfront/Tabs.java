// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.ByteScan;
import org.jspecify.annotations.Nullable;

/** A line -> where its columns are. */
final class Tabs {
  private final int[] tabs = new int[128];
  private int from;
  private int to;
  private int width;

  void split(byte[] buffer, int lineFrom, int lineTo) {
    from = lineFrom;
    to = lineTo;
    width = ByteScan.positions((byte) '\t', buffer, lineFrom, lineTo, tabs) + 1;
  }

  /** How many columns the line has. */
  int width() {
    return width;
  }

  int from(int column) {
    return column == 0 ? from : tabs[column - 1] + 1;
  }

  int to(int column) {
    return column == width - 1 ? to : tabs[column];
  }

  /**
   * The columns that this line has: those of the header or, without one, of the line's width; null
   * if the line is wider or narrower. One more column is let pass if it is empty: AWS's own example
   * has such a line.
   */
  @Nullable Columns columns(@Nullable Columns header) {
    if (header != null) {
      return fits(header.width()) ? header : null;
    }
    Columns exact = Columns.byWidth(width);
    return exact != null ? exact : endsEmpty() ? Columns.byWidth(width - 1) : null;
  }

  private boolean fits(int columns) {
    return width == columns || (width == columns + 1 && endsEmpty());
  }

  private boolean endsEmpty() {
    return width > 1 && width <= tabs.length && tabs[width - 2] + 1 == to;
  }
}
