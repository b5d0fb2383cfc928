// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.util.Arrays;

/**
 * Finds the fields of one protobuf message in its bytes, without an object per message: for each
 * field number below 128 where its bytes lie, or its value; and all fields in their order, for
 * copying. Reused; a scan forgets the one before. Not thread-safe.
 */
public final class FieldScan {
  private static final int NUMBERS = 128;
  private final int[] seen = new int[NUMBERS];
  private final int[] from = new int[NUMBERS];
  private final int[] to = new int[NUMBERS];
  private final long[] value = new long[NUMBERS];
  private int[] starts = new int[NUMBERS];
  private int[] numbers = new int[NUMBERS];
  private byte[] buffer = new byte[0];
  private int fields;
  private int end;
  private int generation;
  private int position;

  /**
   * Scans the message in {@code message[start, stop)}. Throws IllegalArgumentException if it is not
   * a protobuf message.
   */
  public void scan(byte[] message, int start, int stop) {
    buffer = message;
    generation++;
    position = start;
    end = stop;
    fields = 0;
    while (position < end) {
      remember(position);
      long tag = varint();
      long number = tag >>> 3;
      if (number == 0 || tag >>> 32 != 0) {
        throw malformed();
      }
      numbers[fields - 1] = (int) number;
      field((int) tag & 7, number < NUMBERS ? (int) number : 0);
    }
  }

  private void remember(int start) {
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      numbers = Arrays.copyOf(numbers, fields * 2);
    }
    starts[fields++] = start;
  }

  private void field(int wireType, int number) {
    seen[number] = generation; // 0 gathers the fields of newer writers; nobody asks for it
    switch (wireType) {
      case 0 -> value[number] = varint();
      case 1 -> value[number] = fixed(8);
      case 5 -> value[number] = fixed(4);
      case 2 -> {
        long length = varint();
        if (length < 0 || length > end - position) {
          throw malformed();
        }
        from[number] = position;
        position += (int) length;
        to[number] = position;
      }
      default -> throw malformed();
    }
  }

  private long varint() {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= end) {
        throw malformed();
      }
      byte b = buffer[position++];
      result |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return result;
      }
    }
    throw malformed();
  }

  private long fixed(int bytes) {
    if (bytes > end - position) {
      throw malformed();
    }
    long result = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      result = result << 8 | (buffer[position + i] & 0xff);
    }
    position += bytes;
    return result;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("not a protobuf message: it is cut or damaged");
  }

  public boolean has(int number) {
    return seen[number] == generation;
  }

  /** The number in the field, 0 if it is absent. */
  public long number(int number) {
    return has(number) ? value[number] : 0;
  }

  /** Where the text in the field starts, 0 if it is absent. */
  public int from(int number) {
    return has(number) ? from[number] : 0;
  }

  /** Where the text in the field ends, 0 if it is absent. */
  public int to(int number) {
    return has(number) ? to[number] : 0;
  }

  /** Bytes of the text in the field, 0 if it is absent. */
  public int length(int number) {
    return has(number) ? to[number] - from[number] : 0;
  }

  public byte[] buffer() {
    return buffer;
  }

  /** Whether the text in the field is this one; an absent field is no text. */
  public boolean equals(int number, byte[] text) {
    return has(number) && Arrays.equals(buffer, from[number], to[number], text, 0, text.length);
  }

  /** How many fields the message has, repeats counted. */
  public int fields() {
    return fields;
  }

  /** The number of the {@code i}-th field in the message's order. */
  public int numberAt(int i) {
    return numbers[i];
  }

  /** Where the {@code i}-th field starts, its tag included. */
  public int startAt(int i) {
    return starts[i];
  }

  /** Where the {@code i}-th field ends. */
  public int endAt(int i) {
    return i + 1 < fields ? starts[i + 1] : end;
  }
}
