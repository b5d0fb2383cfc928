// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A log file as it is kept: one immutable content under one name.
 *
 * @param bucket the bucket that keeps it
 * @param key the object's key, decoded
 * @param etag its ETag (or version id) without quotes
 * @param size its length in bytes
 */
public record LogFile(String bucket, String key, String etag, long size) {

  /**
   * The file's identity: the first 8 bytes of SHA-256 over bucket, key and ETag, big-endian. The
   * same content put again under the same name is the same file; anything else is another.
   */
  public long fileId() {
    byte[] digest = sha256(bucket + '\n' + key + '\n' + etag);
    long id = 0;
    for (int i = 0; i < 8; i++) {
      id = id << 8 | (digest[i] & 0xff);
    }
    return id;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
