// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.Arrays;

/**
 * A run of bytes as the key of a map. One that is reused for look-ups costs no object; a {@link
 * #copy} may be kept.
 */
final class ByteKey {
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
    int h = 1;
    for (int i = from; i < to; i++) {
      h = 31 * h + bytes[i];
    }
    hash = h;
    return this;
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
