// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.ByteScan;
import org.jspecify.annotations.Nullable;

/** A line -> its cells between delimiters. */
final class Splitter implements Cells {
  private static final byte[] TAB = {'\t'};
  private final int[] ends = new int[128];
  private byte[] delimiter = TAB;
  private byte[] buffer = new byte[0];
  private int from;
  private int to;
  private int width;
  private @Nullable Columns columns;
  private Field[] fields = new Field[0];
  private int userAgent;
  private int date;
  private int time;
  private int epochMs;
  private int epochSeconds;

  /** What stands between the cells, from now on: up to 5 bytes; a tab if nothing is said. */
  void delimiter(byte[] newDelimiter) {
    delimiter = newDelimiter;
  }

  /**
   * Takes the line apart by the columns of the header or, without one, of the line's width. False
   * if the line is wider or narrower. One more column is let pass if it is empty: AWS's own example
   * has such a line.
   */
  boolean split(byte[] newBuffer, int lineFrom, int lineTo, @Nullable Columns header) {
    buffer = newBuffer;
    from = lineFrom;
    to = lineTo;
    width = count();
    Columns found = header == null ? byWidth() : fits(header.width()) ? header : null;
    if (found == null) {
      return false;
    }
    if (found != columns) {
      columns = found;
      fields = found.fields();
      userAgent = found.userAgent();
      date = found.date();
      time = found.time();
      epochMs = found.epochMs();
      epochSeconds = found.epochSeconds();
    }
    return true;
  }

  private int count() {
    if (delimiter.length == 1) {
      return ByteScan.positions(delimiter[0], buffer, from, to, ends) + 1;
    }
    int count = 0;
    int at = from;
    while (true) {
      at = ByteScan.indexOf(delimiter[0], buffer, at, to);
      if (at + delimiter.length > to) {
        return count + 1;
      }
      if (isDelimiter(at)) {
        if (count < ends.length) {
          ends[count] = at;
        }
        count++;
        at += delimiter.length;
      } else {
        at++;
      }
    }
  }

  private boolean isDelimiter(int at) {
    for (int i = 1; i < delimiter.length; i++) {
      if (buffer[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Columns byWidth() {
    if (width == Columns.v2Default().width() && to(33) - from(33) == 2) {
      return Columns.v2Default(); // a country; a staging distribution has a longer word there
    }
    Columns exact = Columns.byWidth(width);
    return exact != null ? exact : endsEmpty() ? Columns.byWidth(width - 1) : null;
  }

  private boolean fits(int wanted) {
    return width == wanted || (width == wanted + 1 && endsEmpty());
  }

  private boolean endsEmpty() {
    return width > 1 && width <= ends.length && ends[width - 2] + delimiter.length == to;
  }

  /** How many cells the line has, whatever its columns are. */
  int cells() {
    return width;
  }

  @Override
  public int width() {
    return fields.length;
  }

  @Override
  public Field field(int cell) {
    return fields[cell];
  }

  @Override
  public byte[] buffer(int cell) {
    return buffer;
  }

  @Override
  public int from(int cell) {
    return cell == 0 ? from : ends[cell - 1] + delimiter.length;
  }

  @Override
  public int to(int cell) {
    return cell == width - 1 ? to : ends[cell];
  }

  @Override
  public int date() {
    return date;
  }

  @Override
  public int time() {
    return time;
  }

  @Override
  public int epochMs() {
    return epochMs;
  }

  @Override
  public int epochSeconds() {
    return epochSeconds;
  }

  int userAgent() {
    return userAgent;
  }
}
