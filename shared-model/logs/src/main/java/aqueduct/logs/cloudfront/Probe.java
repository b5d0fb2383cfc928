// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.ByteScan;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The first lines of a file -> whether it is a standard log, what stands between its values, and
 * how its agents are encoded.
 */
final class Probe {
  private static final byte[] TAB = {'\t'};
  private static final byte[] SPACE = "%20".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SPACE_TWICE = "%2520".getBytes(StandardCharsets.US_ASCII);

  /** Lines that are looked at for a delimiter before a tab is taken for granted. */
  private static final int DELIMITER_LINES = 20;

  private final Header header = new Header();
  private final EventTime time = new EventTime();
  private final Splitter splitter = new Splitter();
  private final Delimiters delimiters = new Delimiters();
  private Optional<byte[]> delimiter = Optional.empty();
  private int undelimited;
  private boolean dataLines;
  private boolean startsWithObject;
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
    startsWithObject |= !dataLines && buffer[from] == '{';
    dataLines = true;
    if (header.refused() || !hasTime(buffer, from, to)) {
      return;
    }
    readable = true;
    int agent = splitter.userAgent();
    if (agent >= 0) {
      once |= contains(SPACE, buffer, splitter.from(agent), splitter.to(agent));
      twice |= contains(SPACE_TWICE, buffer, splitter.from(agent), splitter.to(agent));
    }
  }

  private boolean hasTime(byte[] buffer, int from, int to) {
    if (reads(buffer, from, to)) {
      delimiter = delimiter.or(() -> Optional.of(TAB));
      return true;
    }
    Columns columns = header.columns();
    if (columns == null || delimiter.isPresent() || undelimited++ > DELIMITER_LINES) {
      return false;
    }
    delimiter = delimiters.find(buffer, from, to, columns);
    delimiter.ifPresent(splitter::delimiter);
    return delimiter.isPresent() && reads(buffer, from, to);
  }

  private boolean reads(byte[] buffer, int from, int to) {
    return splitter.split(buffer, from, to, header.columns())
        && time.micros(splitter) != Digits.NONE;
  }

  boolean isStandardLog(boolean wholeFile) {
    return readable || (wholeFile && !dataLines && !refusedHeader);
  }

  /** Whether the first data line begins as JSON does. */
  boolean startsWithObject() {
    return startsWithObject;
  }

  int passes() {
    return twice && !once ? 2 : 1;
  }

  byte[] delimiter() {
    return delimiter.orElse(TAB);
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
