// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A run of bytes as the key of a map. One that is reused for look-ups costs no object; a {@link
 * #copy} may be kept.
 */
final class ByteKey {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = 0x9E3779B97F4A7C15L;
  private byte[] bytes;
  private int from;
  private int to;
  private int hash;

  ByteKey() {
    this(new byte[0]);
  }

  ByteKey(byte[] bytes) {
    this.bytes = bytes;
    set(bytes, 0, bytes.length);
  }

  ByteKey set(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    hash = hash(newBytes, newFrom, newTo);
    return this;
  }

  /** Eight bytes at a time; never leaves the process. */
  private static int hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = (hash ^ (long) LONGS.get(bytes, at)) * PRIME;
      hash ^= hash >>> 29;
    }
    for (; at < to; at++) {
      hash = (hash ^ bytes[at]) * PRIME;
    }
    return (int) (hash ^ hash >>> 32);
  }

  ByteKey copy() {
    return new ByteKey(Arrays.copyOfRange(bytes, from, to));
  }

  byte[] bytes() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteKey key
        && key.hash == hash
        && Arrays.equals(bytes, from, to, key.bytes, key.from, key.to);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
