// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that have arrived whole, in a file that no index knows yet.
 *
 * @param file where they are
 * @param size how many
 * @param digest their MD5 in hex
 */
record Payload(Path file, long size, String digest) {
  private static final int BUFFER = 128 << 10;

  /**
   * Reads a stream to its end into a file.
   *
   * @param expected size, where the sender named it
   * @param expectedMd5 in hex, where the sender named it
   */
  static Payload receive(
      InputStream in, Path file, @Nullable Long expected, @Nullable String expectedMd5)
      throws IOException {
    MessageDigest md5 = md5();
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    try (in;
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        md5.update(buffer, 0, n);
        size += n;
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    Payload payload = new Payload(file, size, HexFormat.of().formatHex(md5.digest()));
    payload.check(expected, expectedMd5);
    return payload;
  }

  private void check(@Nullable Long expected, @Nullable String expectedMd5) throws IOException {
    if (expected != null && expected != size) {
      Files.delete(file);
      throw Refusals.of(
          400, "IncompleteBody", "Content-Length says " + expected + " bytes, " + size + " came.");
    }
    if (expectedMd5 != null && !expectedMd5.equals(digest)) {
      Files.delete(file);
      throw Refusals.of(
          400, "BadDigest", "Content-MD5 says " + expectedMd5 + ", what came has " + digest + ".");
    }
  }

  static String digest(Path file) throws IOException {
    MessageDigest md5 = md5();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) md5.update(buffer, 0, n);
    }
    return HexFormat.of().formatHex(md5.digest());
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
