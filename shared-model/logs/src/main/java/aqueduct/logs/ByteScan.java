// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes -> where a byte is, eight at a time. Ends of ranges are exclusive. */
public final class ByteScan {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private ByteScan() {}

  /** The first position of {@code wanted} in {@code buffer[from, to)}, or {@code to}. */
  public static int indexOf(byte wanted, byte[] buffer, int from, int to) {
    long pattern = ONES * (wanted & 0xff);
    int at = from;
    for (; at <= to - 8; at += 8) {
      long hits = zeros((long) WORDS.get(buffer, at) ^ pattern);
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (at < to && buffer[at] != wanted) {
      at++;
    }
    return at;
  }

  /**
   * Writes the positions of {@code wanted} to {@code positions} and returns how many there are in
   * the range, which may be more than were written.
   */
  public static int positions(byte wanted, byte[] buffer, int from, int to, int[] positions) {
    long pattern = ONES * (wanted & 0xff);
    int count = 0;
    int at = from;
    for (; at <= to - 8; at += 8) {
      long hits = zeros((long) WORDS.get(buffer, at) ^ pattern);
      while (hits != 0) {
        if (count < positions.length) {
          positions[count] = at + (Long.numberOfTrailingZeros(hits) >>> 3);
        }
        count++;
        hits &= hits - 1;
      }
    }
    for (; at < to; at++) {
      if (buffer[at] == wanted) {
        if (count < positions.length) {
          positions[count] = at;
        }
        count++;
      }
    }
    return count;
  }

  /** Whether no byte of the range has its high bit set. */
  public static boolean isAscii(byte[] buffer, int from, int to) {
    long seen = 0;
    int at = from;
    for (; at <= to - 8; at += 8) {
      seen |= (long) WORDS.get(buffer, at);
    }
    for (; at < to; at++) {
      seen |= buffer[at];
    }
    return (seen & HIGH_BITS) == 0;
  }

  /** The high bit of exactly those bytes of the word that are zero. */
  private static long zeros(long word) {
    return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
  }
}
