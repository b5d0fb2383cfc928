// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A data line, and the columns that the header names -> what stands between its values. v2 lets
 * anyone choose up to 5 characters, and its files do not say which: so it is what takes the line
 * apart into as many cells as there are columns, with the time where it should be. Of several, the
 * one with the fewest characters that values have too, then the longest.
 */
final class Delimiters {
  private static final int LONGEST = 5;

  /** Only so much of a line is searched for candidates. */
  private static final int SEARCHED_BYTES = 16 << 10;

  private static final String IN_VALUES = "-./:%_+=()*,;";

  private final Splitter splitter = new Splitter();
  private final EventTime time = new EventTime();

  Optional<byte[]> find(byte[] buffer, int from, int to, Columns columns) {
    return candidates(buffer, from, Math.min(to, from + SEARCHED_BYTES)).stream()
        .sorted(
            Comparator.comparingLong(Delimiters::doubts)
                .thenComparing(Comparator.comparingInt(String::length).reversed()))
        .map(candidate -> candidate.getBytes(StandardCharsets.ISO_8859_1))
        .filter(candidate -> takesApart(candidate, buffer, from, to, columns))
        .findFirst();
  }

  private boolean takesApart(byte[] candidate, byte[] buffer, int from, int to, Columns columns) {
    splitter.delimiter(candidate);
    return splitter.split(buffer, from, to, columns) && time.micros(splitter) != Digits.NONE;
  }

  /** All runs of up to 5 bytes without letters and digits, in the order of the line. */
  private static Set<String> candidates(byte[] buffer, int from, int to) {
    String line = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    Set<String> found = new LinkedHashSet<>();
    for (int at = 0; at < line.length(); at++) {
      for (int end = at + 1; end <= Math.min(line.length(), at + LONGEST); end++) {
        if (Character.isLetterOrDigit(line.charAt(end - 1))) {
          break;
        }
        found.add(line.substring(at, end));
      }
    }
    return found;
  }

  private static long doubts(String candidate) {
    return candidate.chars().filter(c -> IN_VALUES.indexOf(c) >= 0).count();
  }
}
