// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.ByteScan;
import java.nio.charset.StandardCharsets;

/** The first lines of a file -> whether it is a standard log, and how its agents are encoded. */
final class Probe {
  private static final byte[] SPACE = "%20".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SPACE_TWICE = "%2520".getBytes(StandardCharsets.US_ASCII);

  private final Header header = new Header();
  private final Digits digits = new Digits();
  private final Tabs tabs = new Tabs();
  private boolean dataLines;
  private boolean readable;
  private boolean refusedHeader;
  private boolean once;
  private boolean twice;

  void line(byte[] buffer, int from, int to) {
    if (buffer[from] == '#') {
      header.line(buffer, from, to);
      readable |= header.columns() != null;
      refusedHeader |= header.refused();
      return;
    }
    dataLines = true;
    tabs.split(buffer, from, to);
    Columns columns = header.refused() ? null : tabs.columns(header.columns());
    if (columns == null || !hasTime(columns, buffer)) {
      return;
    }
    readable = true;
    if (columns.userAgent() >= 0) {
      int agentFrom = tabs.from(columns.userAgent());
      int agentTo = tabs.to(columns.userAgent());
      once |= contains(SPACE, buffer, agentFrom, agentTo);
      twice |= contains(SPACE_TWICE, buffer, agentFrom, agentTo);
    }
  }

  private boolean hasTime(Columns columns, byte[] buffer) {
    return digits.micros(
            buffer,
            tabs.from(columns.date()),
            tabs.to(columns.date()),
            tabs.from(columns.time()),
            tabs.to(columns.time()))
        != Digits.NONE;
  }

  boolean isStandardLog(boolean wholeFile) {
    return readable || (wholeFile && !dataLines && !refusedHeader);
  }

  int passes() {
    return twice && !once ? 2 : 1;
  }

  private static boolean contains(byte[] wanted, byte[] buffer, int from, int to) {
    int at = from;
    while (true) {
      at = ByteScan.indexOf(wanted[0], buffer, at, to);
      if (at + wanted.length > to) {
        return false;
      }
      int length = 1;
      while (length < wanted.length && buffer[at + length] == wanted[length]) {
        length++;
      }
      if (length == wanted.length) {
        return true;
      }
      at++;
    }
  }
}
