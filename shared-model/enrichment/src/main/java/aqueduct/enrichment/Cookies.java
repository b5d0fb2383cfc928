// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.FieldScan;
import aqueduct.wire.RawLog;
import org.jspecify.annotations.Nullable;

/** The logged cookie header ({@code a=1;%20b=2}) -> the value of one cookie. */
final class Cookies {

  private Cookies() {}

  /**
   * From and to of the value in the message's bytes; absent if there is no such cookie or it is
   * empty.
   */
  static int @Nullable [] find(FieldScan log, byte[] name) {
    byte[] text = log.buffer();
    int to = log.to(RawLog.COOKIE_FIELD_NUMBER);
    for (int at = log.from(RawLog.COOKIE_FIELD_NUMBER); at < to; ) {
      int end = at;
      while (end < to && text[end] != ';') {
        end++;
      }
      int start = spaces(text, at, end);
      if (starts(text, start, end, name)) {
        int value = start + name.length + 1;
        return value < end ? new int[] {value, end} : null;
      }
      at = end + 1;
    }
    return null;
  }

  private static int spaces(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      if (text[at] == ' ' || text[at] == '+') {
        at++;
      } else if (at + 2 < to && text[at] == '%' && text[at + 1] == '2' && text[at + 2] == '0') {
        at += 3;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean starts(byte[] text, int from, int to, byte[] name) {
    if (to - from <= name.length || text[from + name.length] != '=') {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (text[from + i] != name[i]) {
        return false;
      }
    }
    return true;
  }
}
