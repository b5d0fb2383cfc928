// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.Arrays;

/** A short text as bytes, in a buffer of its own that is reused. */
final class ByteSlice {
  private byte[] bytes = new byte[256];
  private int length;

  void clear() {
    length = 0;
  }

  /** Takes {@code source[from, to)}, ASCII letters made small. */
  void setLowerCase(byte[] source, int from, int to) {
    if (to - from > bytes.length) {
      bytes = new byte[(to - from) * 2];
    }
    length = to - from;
    for (int i = 0; i < length; i++) {
      byte b = source[from + i];
      bytes[i] = b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }
  }

  void set(byte[] source) {
    setLowerCase(source, 0, source.length);
    System.arraycopy(source, 0, bytes, 0, source.length);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  boolean isEmpty() {
    return length == 0;
  }

  boolean contentEquals(byte[] other, int from, int to) {
    return Arrays.equals(bytes, 0, length, other, from, to);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, java.nio.charset.StandardCharsets.UTF_8);
  }
}
