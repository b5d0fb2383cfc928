// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.ByteScan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Protobuf fields -> bytes, appended to a buffer that grows and is reused. */
final class FieldWriter {
  private byte[] buffer = new byte[4096];
  private int length;

  void reset() {
    length = 0;
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  byte[] copy() {
    return Arrays.copyOf(buffer, length);
  }

  private void room(int bytes) {
    if (length + bytes > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }

  /** Encoded fields, as they are. */
  void fields(byte[] bytes, int from, int to) {
    room(to - from);
    System.arraycopy(bytes, from, buffer, length, to - from);
    length += to - from;
  }

  void fields(byte[] bytes) {
    fields(bytes, 0, bytes.length);
  }

  /** A string field of legal UTF-8. */
  void text(int field, byte[] bytes, int from, int to) {
    room(to - from + 12);
    varint((long) field << 3 | 2);
    varint(to - from);
    System.arraycopy(bytes, from, buffer, length, to - from);
    length += to - from;
  }

  void text(int field, byte[] bytes) {
    text(field, bytes, 0, bytes.length);
  }

  void text(int field, String text) {
    text(field, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A string field of any bytes: what is no UTF-8 becomes U+FFFD. */
  void anyText(int field, ByteSlice text) {
    if (ByteScan.isAscii(text.bytes(), 0, text.length())) {
      text(field, text.bytes(), 0, text.length());
    } else {
      text(field, text.toString());
    }
  }

  void number(int field, long value) {
    room(20);
    varint((long) field << 3);
    varint(value);
  }

  void fixed64(int field, long value) {
    room(14);
    varint((long) field << 3 | 1);
    for (int i = 0; i < 8; i++) {
      buffer[length++] = (byte) (value >>> (8 * i));
    }
  }

  void real(int field, double value) {
    fixed64(field, Double.doubleToRawLongBits(value));
  }

  /** One entry of a map of texts. */
  void entry(int field, String key, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    entry(field, key.getBytes(StandardCharsets.UTF_8), bytes, 0, bytes.length);
  }

  /** One entry of a map of texts, both legal UTF-8. */
  void entry(int field, byte[] key, byte[] value, int from, int to) {
    int size = sizeOf(key.length) + sizeOf(to - from);
    room(size + 12);
    varint((long) field << 3 | 2);
    varint(size);
    text(1, key);
    text(2, value, from, to);
  }

  void entry(int field, byte[] key, ByteSlice value) {
    if (ByteScan.isAscii(value.bytes(), 0, value.length())) {
      entry(field, key, value.bytes(), 0, value.length());
    } else {
      byte[] legal = value.toString().getBytes(StandardCharsets.UTF_8);
      entry(field, key, legal, 0, legal.length);
    }
  }

  private static int sizeOf(int bytes) {
    int size = 2 + bytes;
    for (int rest = bytes >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    return size;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[length++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }
}
