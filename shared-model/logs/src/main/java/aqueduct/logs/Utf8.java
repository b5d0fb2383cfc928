// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

/**
 * Any bytes -> legal UTF-8: each maximal part of what is not legal becomes one U+FFFD, as the
 * Unicode standard recommends (section 3.9, "U+FFFD Substitution of Maximal Subparts").
 */
final class Utf8 {
  private byte[] repaired = new byte[256];
  private int length;

  /** Whether {@code buffer[from, to)} is legal UTF-8. */
  static boolean isLegal(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to) {
      int length = sequence(buffer, at, to);
      if (length <= 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** The repaired bytes, {@link #length()} of them, valid until the next call. At most 3:1. */
  byte[] repaired(byte[] buffer, int from, int to) {
    int bound = Math.multiplyExact(3, to - from);
    if (repaired.length < bound) {
      repaired = new byte[bound];
    }
    length = 0;
    int at = from;
    while (at < to) {
      int sequence = sequence(buffer, at, to);
      if (sequence > 0) {
        System.arraycopy(buffer, at, repaired, length, sequence);
        length += sequence;
        at += sequence;
      } else {
        repaired[length++] = (byte) 0xef;
        repaired[length++] = (byte) 0xbf;
        repaired[length++] = (byte) 0xbd;
        at += sequence == 0 ? 1 : -sequence;
      }
    }
    return repaired;
  }

  int length() {
    return length;
  }

  /**
   * Length of the legal sequence at {@code at}, or minus the length of its legal beginning, or 0.
   */
  private static int sequence(byte[] buffer, int at, int to) {
    int first = buffer[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if (at + i == to || !continues(first, i, buffer[at + i] & 0xff)) {
        return -i;
      }
    }
    return length;
  }

  /**
   * Unicode table 3-7: the second byte's range depends on the first (no overlong, no surrogate).
   */
  private static boolean continues(int first, int index, int next) {
    int low = 0x80;
    int high = 0xbf;
    if (index == 1) {
      switch (first) {
        case 0xe0 -> low = 0xa0;
        case 0xed -> high = 0x9f;
        case 0xf0 -> low = 0x90;
        case 0xf4 -> high = 0x8f;
        default -> {
          // every other first byte takes any continuation
        }
      }
    }
    return next >= low && next <= high;
  }
}
