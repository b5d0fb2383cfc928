// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Bytes under a key -> 64 bits, by HMAC-SHA256. Not thread-safe. */
final class KeyedHash {
  private final Mac mac;
  private final byte[] digest = new byte[32];

  KeyedHash() {
    try {
      mac = Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  void key(byte[] key) {
    try {
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 takes any key", e);
    }
  }

  void update(byte[] bytes, int from, int to) {
    mac.update(bytes, from, to - from);
  }

  void update(int b) {
    mac.update((byte) b);
  }

  /** All bytes of the hash, and a new beginning under the same key. */
  byte[] bytes() {
    return mac.doFinal();
  }

  /** The hash's first 64 bits, and a new beginning under the same key. */
  long bits() {
    try {
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the digest has room", e);
    }
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | (digest[i] & 0xff);
    }
    return bits;
  }
}
