// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** ASCII text in the making, reused line by line. */
final class ByteText {
  private static final byte[] BASE64 =
      ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
  private byte[] bytes = new byte[4096];
  private int length;

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  int length() {
    return length;
  }

  void truncate(int to) {
    length = to;
  }

  ByteText add(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  ByteText add(String text) {
    return add(ascii(text));
  }

  ByteText add(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** Decimal digits, with leading zeros up to a width. */
  ByteText number(long value, int width) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) digits++;
    int all = Math.max(digits, width);
    reserve(all);
    long rest = value;
    for (int i = all - 1; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += all;
    return this;
  }

  ByteText number(long value) {
    return number(value, 1);
  }

  ByteText milliseconds(long value) {
    return number(value / 1000).add('.').number(value % 1000, 3);
  }

  ByteText hex(long value, int digits) {
    reserve(digits);
    for (int i = digits - 1; i >= 0; i--) {
      bytes[length++] = (byte) Character.forDigit((int) (value >>> (4 * i)) & 15, 16);
    }
    return this;
  }

  /** Random digits of base64 in its form for addresses. */
  ByteText base64(SplittableRandom random, int digits) {
    reserve(digits);
    long bits = 0;
    for (int i = 0; i < digits; i++) {
      if (i % 10 == 0) bits = random.nextLong();
      bytes[length++] = BASE64[(int) bits & 63];
      bits >>>= 6;
    }
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) bytes = Arrays.copyOf(bytes, (length + more) * 2);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }
}
