// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

/**
 * Finds the fields of one EnrichedLog in its bytes, without an object per event: for each field
 * number below 128 where its bytes lie, or its value. Reused; a scan forgets the one before.
 */
final class EventScan {
  private static final int FIELDS = 128;
  private final int[] seen = new int[FIELDS];
  private final int[] from = new int[FIELDS];
  private final int[] to = new int[FIELDS];
  private final long[] value = new long[FIELDS];
  private byte[] buffer = new byte[0];
  private int generation;
  private int position;

  /**
   * Scans the message in {@code buffer[from, to)}. Throws IllegalArgumentException if it is not a
   * protobuf message.
   */
  void scan(byte[] message, int start, int end) {
    buffer = message;
    generation++;
    position = start;
    while (position < end) {
      long tag = varint(end);
      int field = (int) (tag >>> 3);
      if (field <= 0 || tag >>> 32 != 0) {
        throw malformed();
      }
      field((int) tag & 7, field < FIELDS ? field : 0, end);
    }
  }

  private void field(int wireType, int field, int end) {
    seen[field] = generation; // 0 gathers the fields of newer writers; nobody asks for it
    switch (wireType) {
      case 0 -> value[field] = varint(end);
      case 1 -> value[field] = fixed(8, end);
      case 5 -> value[field] = fixed(4, end);
      case 2 -> {
        long length = varint(end);
        if (length < 0 || length > end - position) {
          throw malformed();
        }
        from[field] = position;
        position += (int) length;
        to[field] = position;
      }
      default -> throw malformed();
    }
  }

  private long varint(int end) {
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

  private long fixed(int bytes, int end) {
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
    return new IllegalArgumentException("not an EnrichedLog: its protobuf is cut or damaged");
  }

  boolean has(int field) {
    return seen[field] == generation;
  }

  /** The number in the field, 0 if it is absent. */
  long number(int field) {
    return has(field) ? value[field] : 0;
  }

  /** Where the text in the field starts, 0 if it is absent. */
  int from(int field) {
    return has(field) ? from[field] : 0;
  }

  /** Bytes of the text in the field, 0 if it is absent. */
  int length(int field) {
    return has(field) ? to[field] - from[field] : 0;
  }

  byte[] buffer() {
    return buffer;
  }

  boolean equals(int field, byte[] text) {
    int length = length(field);
    if (length != text.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (buffer[from[field] + i] != text[i]) {
        return false;
      }
    }
    return true;
  }
}
