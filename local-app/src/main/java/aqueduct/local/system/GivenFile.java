// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

import aqueduct.logs.LogFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that a person gave.
 *
 * @param path where it is
 * @param etag MD5 of its bytes: the ETag of an object that was put at once
 * @param size in bytes
 */
public record GivenFile(Path path, String etag, long size) {

  public static GivenFile of(Path path) throws IOException {
    MessageDigest md5 = md5();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), md5)) {
      long size = in.transferTo(OutputStream.nullOutputStream());
      return new GivenFile(path, HexFormat.of().formatHex(md5.digest()), size);
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /** Its key in the ingest bucket. */
  public String name() {
    return path.getFileName().toString();
  }

  LogFile kept(String bucket, String key) {
    return new LogFile(bucket, key, etag, size);
  }
}
