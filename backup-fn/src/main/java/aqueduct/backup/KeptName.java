// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.nio.charset.StandardCharsets;

/**
 * A file's key and ETag -> the key under which it is kept when its own key is taken by another
 * content: {@code logs/E1.2026-11-23-10.ab12cd34.gz} -> {@code
 * logs/E1.2026-11-23-10.ab12cd34~5d41402a.gz}. A function of both alone, so that all workers agree.
 */
final class KeptName {
  private static final int LONGEST_KEY = 1024; // bytes; S3's limit

  private KeptName() {}

  static String beside(String key, String etag) {
    String mark = "~" + Etags.shortened(etag);
    int name = key.lastIndexOf('/') + 1;
    int dot = key.lastIndexOf('.');
    int end = dot > name ? dot : key.length();
    String extension = key.substring(end);
    String stem = key.substring(0, end);
    while (bytes(stem) + bytes(mark) + bytes(extension) > LONGEST_KEY) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return stem + mark + extension;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
