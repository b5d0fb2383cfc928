// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

/**
 * A query -> its parameters, one after the other, as sent; values also decoded: they, and they
 * alone, are form-encoded. What is malformed stays. Where the text is a log's, the log has encoded
 * the percent signs of what the viewer sent once more ({@code %2541} for {@code %41}).
 */
final class QueryText {
  private byte[] text = {};
  private int at;
  private int to;
  private int nameFrom;
  private int nameTo;
  private int valueTo;
  private boolean doubled;

  /** Takes a query as a log has it. */
  void logged(byte[] buffer, int from, int end) {
    over(buffer, from, end, true);
  }

  /** Takes a query as the viewer sent it. */
  void sent(byte[] buffer, int from, int end) {
    over(buffer, from, end, false);
  }

  private void over(byte[] buffer, int from, int end, boolean encodedOnceMore) {
    doubled = encodedOnceMore;
    text = buffer;
    at = from;
    to = end;
  }

  /** Whether there is a further parameter; if so the other methods tell of it. */
  boolean next() {
    while (at < to) {
      int end = at;
      int equals = -1;
      while (end < to && text[end] != '&') {
        if (text[end] == '=' && equals < 0) {
          equals = end;
        }
        end++;
      }
      nameFrom = at;
      nameTo = equals;
      valueTo = end;
      at = end + 1;
      if (equals > nameFrom) {
        return true;
      }
    }
    return false;
  }

  byte[] buffer() {
    return text;
  }

  int nameFrom() {
    return nameFrom;
  }

  int nameTo() {
    return nameTo;
  }

  boolean hasValue() {
    return nameTo + 1 < valueTo;
  }

  /** Appends name, equals sign and value as they stand in the text. */
  void appendLogged(ByteSlice out) {
    out.append(text, nameFrom, valueTo);
  }

  /** Appends name, equals sign and value as the viewer sent them. */
  void appendSent(ByteSlice out) {
    for (int i = nameFrom; i < valueTo; i++) {
      out.append(text[i]);
      if (isDoubled(i)) {
        i += 2;
      }
    }
  }

  /** Appends the value, form-decoded. */
  void appendValue(ByteSlice out) {
    for (int i = nameTo + 1; i < valueTo; i++) {
      byte b = text[i];
      if (b == '+') {
        out.append(' ');
      } else if (b == '%') {
        int digits = isDoubled(i) ? i + 3 : i + 1;
        int value = digits + 1 < valueTo ? hex(digits) : -1;
        if (value >= 0) {
          out.append(value);
          i = digits + 1;
        } else {
          out.append(b);
          i = digits - 1;
        }
      } else {
        out.append(b);
      }
    }
  }

  /** Whether a percent sign of the viewer's stands here, as the log writes it: {@code %25}. */
  private boolean isDoubled(int i) {
    return doubled && text[i] == '%' && i + 2 < valueTo && text[i + 1] == '2' && text[i + 2] == '5';
  }

  private int hex(int i) {
    int high = Character.digit(text[i], 16);
    int low = Character.digit(text[i + 1], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
