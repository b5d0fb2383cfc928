// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers -> protobuf bytes, in place. */
final class Wire {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final VarHandle LITTLE_ENDIAN_LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Wire() {}

  static int tag(int field, int type) {
    return field << 3 | type;
  }

  static int varintSize(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  /** Writes the varint at {@code at} and returns the position after it. */
  static int putVarint(byte[] buffer, int at, long value) {
    int to = at;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[to++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[to++] = (byte) rest;
    return to;
  }

  /** Writes 8 bytes, little-endian, and returns the position after them. */
  static int putFixed64(byte[] buffer, int at, long value) {
    LITTLE_ENDIAN_LONGS.set(buffer, at, value);
    return at + 8;
  }
}
