// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The keys under which addresses and cookies become visitor ids. While a day's key exists the day's
 * ids can be made again; once it was destroyed nobody can, and there is no other key for that day.
 * Thread-safe; each day has one key, whoever asks first.
 */
public interface VisitorKeys {

  /**
   * The key of a UTC day; empty if it was destroyed. Throws UncheckedIOException if the store does
   * not answer.
   */
  Optional<byte[]> ofDay(LocalDate day);

  /** The key of ids that last, those of cookies; empty if it was destroyed. */
  Optional<byte[]> lasting();

  /** Keys that anyone can make: for tests, trials, and where nobody set a secret. */
  static VisitorKeys notSecret() {
    return derivedFrom("not secret");
  }

  /**
   * Keys made from one secret, of which none is stored: whoever has the secret can make any day's
   * ids, and the only way to destroy a day's key is to destroy the secret with all.
   */
  static VisitorKeys derivedFrom(String secret) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    return new VisitorKeys() {
      @Override
      public Optional<byte[]> ofDay(LocalDate day) {
        return Optional.of(derived("day " + day));
      }

      @Override
      public Optional<byte[]> lasting() {
        return Optional.of(derived("cookie"));
      }

      private byte[] derived(String purpose) {
        KeyedHash hash = new KeyedHash();
        hash.key(key);
        byte[] text = purpose.getBytes(StandardCharsets.UTF_8);
        hash.update(text, 0, text.length);
        return hash.bytes();
      }
    };
  }
}
