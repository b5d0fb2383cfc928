// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.ByteScan;

/**
 * The bytes of a flat JSON object -> its keys and values, in order, as bytes: of the line where
 * they have no escapes, else of a buffer of their own. A value that is no string is taken as it is
 * written, {@code null} as nothing; an object or array is refused.
 */
final class JsonScanner {
  private final JsonStrings strings = new JsonStrings();
  private byte[] line = new byte[0];
  private int at;
  private int end;
  private boolean first;
  private boolean closed;
  private byte[] keyBuffer = new byte[0];
  private int keyFrom;
  private int keyTo;
  private byte[] buffer = new byte[0];
  private int from;
  private int to;

  void over(byte[] newLine, int lineFrom, int lineTo) {
    line = newLine;
    at = lineFrom;
    end = lineTo;
    first = true;
    closed = false;
    strings.clear(lineTo - lineFrom);
  }

  /** Steps over the opening brace; false if there is none. */
  boolean open() {
    return take('{');
  }

  /** Moves to the next key; false at the closing brace, and where something else is. */
  boolean next() {
    if (take('}')) {
      closed = true;
      return false;
    }
    if (!first && !take(',')) {
      return false;
    }
    first = false;
    if (!string()) {
      return false;
    }
    keyBuffer = buffer;
    keyFrom = from;
    keyTo = to;
    return take(':');
  }

  /** Reads the value of the key; false if it is none, or has parts. */
  boolean value() {
    blanks();
    if (at < end && line[at] == '"') {
      return string();
    }
    buffer = line;
    from = at;
    while (at < end && isPlain(line[at])) {
      at++;
    }
    to = at;
    if (to - from == 4 && line[from] == 'n') {
      from = to; // null
      return true;
    }
    return to > from;
  }

  private static boolean isPlain(byte c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || c == '-'
        || c == '+'
        || c == '.'
        || c == 'E';
  }

  /** Whether the object has ended, and the line with it. */
  boolean whole() {
    blanks();
    return closed && at == end;
  }

  private boolean string() {
    if (!take('"')) {
      return false;
    }
    int quote = ByteScan.indexOf((byte) '"', line, at, end);
    int escape = ByteScan.indexOf((byte) '\\', line, at, quote);
    if (quote == end) {
      return false;
    }
    buffer = line;
    from = at;
    to = quote;
    at = quote + 1;
    return escape == quote || escaped();
  }

  /** The string from {@code from} on has escapes, so its end is still to be found. */
  private boolean escaped() {
    int next = strings.read(line, from, end);
    buffer = strings.buffer();
    from = strings.from();
    to = strings.to();
    at = next < 0 ? end : next;
    return next >= 0;
  }

  private boolean take(char wanted) {
    blanks();
    if (at < end && line[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void blanks() {
    while (at < end && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) {
      at++;
    }
  }

  byte[] keyBuffer() {
    return keyBuffer;
  }

  int keyFrom() {
    return keyFrom;
  }

  int keyTo() {
    return keyTo;
  }

  byte[] buffer() {
    return buffer;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
