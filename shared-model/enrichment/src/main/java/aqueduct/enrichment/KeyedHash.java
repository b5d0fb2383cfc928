// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Bytes under a key -> 64 bits, by HMAC-SHA256 (RFC 2104). Equal to what {@code javax.crypto.Mac}
 * gives, which leaves 96 bytes of garbage for every event; this leaves none. Not thread-safe.
 */
final class KeyedHash {
  private static final int BLOCK = 64;
  private final MessageDigest sha256;
  private final byte[] inner = new byte[BLOCK];
  private final byte[] outer = new byte[BLOCK];
  private final byte[] digest = new byte[32];

  KeyedHash() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void key(byte[] key) {
    sha256.reset();
    byte[] block = Arrays.copyOf(key.length > BLOCK ? sha256.digest(key) : key, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      inner[i] = (byte) (block[i] ^ 0x36);
      outer[i] = (byte) (block[i] ^ 0x5c);
    }
    sha256.update(inner);
  }

  void update(byte[] bytes, int from, int to) {
    sha256.update(bytes, from, to - from);
  }

  void update(int b) {
    sha256.update((byte) b);
  }

  /** All bytes of the hash, and a new beginning under the same key. */
  byte[] bytes() {
    finish();
    return digest.clone();
  }

  /** The hash's first 64 bits, and a new beginning under the same key. */
  long bits() {
    finish();
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | (digest[i] & 0xff);
    }
    return bits;
  }

  private void finish() {
    try {
      sha256.digest(digest, 0, digest.length);
      sha256.update(outer);
      sha256.update(digest);
      sha256.digest(digest, 0, digest.length);
    } catch (DigestException e) {
      throw new IllegalStateException("the digest has room", e);
    }
    sha256.update(inner);
  }
}
