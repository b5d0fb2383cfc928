// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

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
    FieldWriter entry = new FieldWriter();
    entry.text(1, key);
    entry.text(2, value);
    text(field, entry.buffer, 0, entry.length);
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
