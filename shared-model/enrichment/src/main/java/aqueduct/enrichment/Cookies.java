// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.FieldScan;
import aqueduct.wire.RawLog;

/** The logged cookie header ({@code a=1;%20b=2}) -> where the value of one cookie lies. Reused. */
final class Cookies {
  private int from;
  private int to;

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Whether there is such a cookie with a value; if so the other methods tell where. */
  boolean find(FieldScan log, byte[] name) {
    byte[] text = log.buffer();
    int stop = log.to(RawLog.COOKIE_FIELD_NUMBER);
    for (int at = log.from(RawLog.COOKIE_FIELD_NUMBER); at < stop; ) {
      int end = at;
      while (end < stop && text[end] != ';') {
        end++;
      }
      int start = spaces(text, at, end);
      if (starts(text, start, end, name)) {
        from = start + name.length + 1;
        to = end;
        return from < to;
      }
      at = end + 1;
    }
    return false;
  }

  private static int spaces(byte[] text, int start, int end) {
    int at = start;
    while (at < end) {
      if (text[at] == ' ' || text[at] == '+') {
        at++;
      } else if (at + 2 < end && text[at] == '%' && text[at + 1] == '2' && text[at + 2] == '0') {
        at += 3;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean starts(byte[] text, int start, int end, byte[] name) {
    if (end - start <= name.length || text[start + name.length] != '=') {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (text[start + i] != name[i]) {
        return false;
      }
    }
    return true;
  }
}
