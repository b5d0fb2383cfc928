// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

/**
 * Percent-encoded bytes -> what they stand for. {@code +} is literal; a {@code %} without two hex
 * digits after it (dangling, {@code %zz}) stays as it is. Decoding never makes bytes more.
 */
final class PercentDecoder {
  private static final byte[] HEX = hexDigits();
  private byte[] decoded = new byte[1024];

  /** Decodes {@code passes} times; the result is {@code decoded()[0, length)}. */
  int decode(byte[] buffer, int from, int to, int passes) {
    if (decoded.length < to - from) {
      decoded = new byte[to - from];
    }
    int length = decodeOnce(buffer, from, to, decoded);
    for (int pass = 1; pass < passes; pass++) {
      length = decodeOnce(decoded, 0, length, decoded);
    }
    return length;
  }

  byte[] decoded() {
    return decoded;
  }

  /** In place is allowed: what is written never passes what is read. */
  private static int decodeOnce(byte[] source, int from, int to, byte[] target) {
    int length = 0;
    int at = from;
    while (at < to) {
      byte next = source[at++];
      if (next == '%' && at + 1 < to) {
        int value = hex(source, at);
        if (value >= 0) {
          next = (byte) value;
          at += 2;
        }
      }
      target[length++] = next;
    }
    return length;
  }

  /** The value of two hex digits, or a negative number. */
  private static int hex(byte[] source, int at) {
    return HEX[source[at] & 0xff] << 4 | HEX[source[at + 1] & 0xff];
  }

  private static byte[] hexDigits() {
    byte[] values = new byte[256];
    for (int i = 0; i < 256; i++) {
      values[i] = (byte) Character.digit((char) i, 16);
    }
    return values;
  }
}
