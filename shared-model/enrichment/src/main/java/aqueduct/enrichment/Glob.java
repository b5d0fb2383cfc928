// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pattern with {@code *} for any run of bytes, the rest literal -> whether a text is such a one,
 * and what the stars stand for (each the shortest run that lets the rest match). Time is at most
 * text times pattern, whatever both are.
 */
final class Glob {
  private final byte[][] parts;
  private final boolean ignoreCase;

  private Glob(String pattern, boolean ignoreCase) {
    this.ignoreCase = ignoreCase;
    String[] texts = pattern.split("\\*+", -1);
    parts = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      parts[i] =
          (ignoreCase ? texts[i].toLowerCase(Locale.ROOT) : texts[i])
              .getBytes(StandardCharsets.UTF_8);
    }
  }

  static Glob of(String pattern) {
    return new Glob(pattern, false);
  }

  /** One for which ASCII letters of either case are the same. */
  static Glob ignoringCase(String pattern) {
    return new Glob(pattern, true);
  }

  int stars() {
    return parts.length - 1;
  }

  /** How many bytes of it are literal: the more, the more particular it is. */
  int literals() {
    int count = 0;
    for (byte[] part : parts) {
      count += part.length;
    }
    return count;
  }

  boolean matches(byte[] text, int from, int to) {
    return match(text, from, to, null);
  }

  /** As {@link #matches}; {@code stars} gets where each star's run begins and ends. */
  boolean match(byte[] text, int from, int to, int @Nullable [] stars) {
    byte[] last = parts[parts.length - 1];
    if (!at(text, from, to, parts[0])) {
      return false;
    }
    int position = from + parts[0].length;
    if (parts.length == 1) {
      return position == to;
    }
    int end = to - last.length;
    for (int i = 1; i < parts.length; i++) {
      int found =
          i == parts.length - 1
              ? end >= position && at(text, end, to, last) ? end : -1
              : find(text, position, end, parts[i]);
      if (found < 0) {
        return false;
      }
      if (stars != null) {
        stars[2 * i - 2] = position;
        stars[2 * i - 1] = found;
      }
      position = found + parts[i].length;
    }
    return true;
  }

  private int find(byte[] text, int from, int to, byte[] part) {
    for (int i = from; i + part.length <= to; i++) {
      if (at(text, i, to, part)) {
        return i;
      }
    }
    return -1;
  }

  private boolean at(byte[] text, int from, int to, byte[] part) {
    if (to - from < part.length) {
      return false;
    }
    for (int i = 0; i < part.length; i++) {
      byte b = text[from + i];
      if (ignoreCase && b >= 'A' && b <= 'Z') {
        b |= 0x20;
      }
      if (b != part[i]) {
        return false;
      }
    }
    return true;
  }
}
