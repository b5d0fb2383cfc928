// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A form-encoded key -> the key: {@code +} is a space, {@code %XX} a byte of UTF-8. Stricter than
 * java.net.URLDecoder, which replaces damaged UTF-8: a key that is nearly right names another
 * object.
 */
final class FormKey {
  private FormKey() {}

  /** Empty when the text holds a broken escape or does not decode to UTF-8. */
  static Optional<String> decode(String encoded) {
    if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
      return Optional.of(encoded);
    }
    try {
      byte[] text = utf8(encoded);
      ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length);
      for (int i = 0; i < text.length; i++) {
        if (text[i] != '%') {
          decoded.write(text[i] == '+' ? ' ' : text[i]);
          continue;
        }
        int value = i + 2 < text.length ? hex(text[i + 1]) << 4 | hex(text[i + 2]) : -1;
        if (value < 0) {
          return Optional.empty();
        }
        decoded.write(value);
        i += 2;
      }
      ByteBuffer bytes = ByteBuffer.wrap(decoded.toByteArray());
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException notUnicode) {
      return Optional.empty();
    }
  }

  /** The bytes by which S3 knows the key; throws on an unpaired surrogate, which has none. */
  static byte[] utf8(String key) throws CharacterCodingException {
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  private static int hex(byte digit) {
    return Character.digit(digit, 16);
  }
}
