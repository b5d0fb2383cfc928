// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What an ETag tells of a content. For an object put or copied in one piece, unencrypted or under
 * SSE-S3, it is the content's MD5; for one of several parts the MD5 of the parts' MD5s, a dash and
 * their number; under KMS or customer keys it is neither.
 */
final class Etags {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  private Etags() {}

  static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  static boolean isMd5(String etag) {
    return MD5.matcher(etag).matches();
  }

  /** Eight hexadecimal digits that stand for the ETag in a name. */
  static String shortened(String etag) {
    boolean hexadecimal = etag.matches("[0-9a-f]{8}[0-9a-f-]*");
    return (hexadecimal ? etag : md5(etag.getBytes(StandardCharsets.UTF_8))).substring(0, 8);
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
