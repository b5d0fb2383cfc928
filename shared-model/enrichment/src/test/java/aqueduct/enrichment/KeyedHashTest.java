// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The hash beside the JDK's own HMAC-SHA256. */
class KeyedHashTest {
  @Test
  void it_is_hmac_sha256_for_keys_and_texts_of_any_length() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    KeyedHash hash = new KeyedHash();
    for (int i = 0; i < 500; i++) {
      byte[] key = new byte[1 + random.nextInt(200)];
      byte[] text = new byte[random.nextInt(300)];
      random.nextBytes(key);
      random.nextBytes(text);
      byte[] expected = hmac(key, text);

      hash.key(key);
      hash.update(text, 0, text.length);
      assertThat(hash.bytes()).isEqualTo(expected);

      hash.update(text, 0, text.length);
      assertThat(hash.bits()).as("again").isEqualTo(ByteBuffer.wrap(expected).getLong());
    }
  }

  @Test
  void a_new_key_forgets_what_was_begun_under_the_old_one() throws Exception {
    KeyedHash hash = new KeyedHash();
    hash.key(new byte[] {1});
    hash.update(9);

    hash.key(new byte[] {2});
    hash.update(5);

    assertThat(hash.bytes()).isEqualTo(hmac(new byte[] {2}, new byte[] {5}));
  }

  private static byte[] hmac(byte[] key, byte[] text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }
}
