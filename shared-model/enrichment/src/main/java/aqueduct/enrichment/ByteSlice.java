// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.nio.charset.StandardCharsets;
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
    length = 0;
    append(source, from, to);
    lowerCase();
  }

  void lowerCase() {
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      bytes[i] = b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }
  }

  void set(byte[] source) {
    length = 0;
    append(source, 0, source.length);
  }

  void append(byte[] source, int from, int to) {
    room(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  void append(byte[] source) {
    append(source, 0, source.length);
  }

  void append(ByteSlice other) {
    append(other.bytes, 0, other.length);
  }

  void append(int b) {
    room(1);
    bytes[length++] = (byte) b;
  }

  void cut(int newLength) {
    length = Math.min(length, newLength);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
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

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
