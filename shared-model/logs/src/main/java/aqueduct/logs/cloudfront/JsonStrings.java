// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

/**
 * JSON strings with escapes -> UTF-8 bytes, one after the other in one buffer, so that all of a
 * line's stay readable. Decoding never makes bytes more. A surrogate without its other half becomes
 * U+FFFD.
 */
final class JsonStrings {
  private static final int REPLACEMENT = 0xfffd;
  private byte[] buffer = new byte[4096];
  private int from;
  private int to;

  /** Forgets all, and makes room for the strings of a line. */
  void clear(int lineLength) {
    if (buffer.length < lineLength) {
      buffer = new byte[lineLength];
    }
    to = 0;
  }

  /**
   * Decodes the string that starts at {@code at}, behind its quote. Returns the position after its
   * closing quote, or -1 if it has none or an escape is unknown.
   */
  int read(byte[] line, int at, int end) {
    from = to;
    int next = at;
    while (next < end) {
      byte c = line[next++];
      if (c == '"') {
        return next;
      }
      if (c != '\\') {
        buffer[to++] = c;
      } else if (next == end) {
        return -1;
      } else if (line[next] == 'u') {
        next = unicode(line, next + 1, end);
        if (next < 0) {
          return -1;
        }
      } else {
        int plain = plain(line[next++]);
        if (plain < 0) {
          return -1;
        }
        buffer[to++] = (byte) plain;
      }
    }
    return -1;
  }

  private static int plain(byte escape) {
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  /** Four hex digits, and the other half of a surrogate pair; the position after them, or -1. */
  private int unicode(byte[] line, int at, int end) {
    int unit = hex4(line, at, end);
    if (unit < 0) {
      return -1;
    }
    int next = at + 4;
    if (Character.isHighSurrogate((char) unit)
        && next + 2 <= end
        && line[next] == '\\'
        && line[next + 1] == 'u') {
      int low = hex4(line, next + 2, end);
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        put(Character.toCodePoint((char) unit, (char) low));
        return next + 6;
      }
    }
    put(Character.isSurrogate((char) unit) ? REPLACEMENT : unit);
    return next;
  }

  private static int hex4(byte[] line, int at, int end) {
    if (at + 4 > end) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(line[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void put(int point) {
    if (point < 0x80) {
      buffer[to++] = (byte) point;
    } else if (point < 0x800) {
      buffer[to++] = (byte) (0xc0 | point >> 6);
      putRest(point, 0);
    } else if (point < 0x10000) {
      buffer[to++] = (byte) (0xe0 | point >> 12);
      putRest(point, 6);
    } else {
      buffer[to++] = (byte) (0xf0 | point >> 18);
      putRest(point, 12);
    }
  }

  private void putRest(int point, int firstShift) {
    for (int shift = firstShift; shift >= 0; shift -= 6) {
      buffer[to++] = (byte) (0x80 | (point >> shift & 0x3f));
    }
  }

  byte[] buffer() {
    return buffer;
  }

  /** The last string is {@code buffer()[from(), to())}. */
  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
