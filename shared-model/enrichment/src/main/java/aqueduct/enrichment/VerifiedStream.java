// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A dataset's bytes, checked against its manifest before the first of them is handed out. */
public final class VerifiedStream {

  private VerifiedStream() {}

  /** Where the bytes come from; opened twice. */
  public interface Source {
    InputStream open() throws IOException;
  }

  /** Length and digest of some bytes. */
  public record Sum(String sha256, long size) {}

  /**
   * Reads the source once to check it, then opens it again. Throws {@link CorruptDatasetException}
   * if it is not what the manifest says.
   */
  public static InputStream open(Source source, DatasetVersion version) throws IOException {
    Sum sum;
    try (InputStream in = source.open()) {
      sum = sum(in);
    }
    if (!sum.sha256.equals(version.sha256()) || sum.size != version.size()) {
      throw new CorruptDatasetException(
          "dataset "
              + version.name()
              + " of "
              + version.date()
              + " has "
              + sum.size
              + " bytes with SHA-256 "
              + sum.sha256
              + ", its manifest says "
              + version.size()
              + " and "
              + version.sha256()
              + ": fetch or add it again");
    }
    return source.open();
  }

  /** Reads to the end. */
  public static Sum sum(InputStream in) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      long size = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
        size += read;
      }
      return new Sum(HexFormat.of().formatHex(sha256.digest()), size);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
