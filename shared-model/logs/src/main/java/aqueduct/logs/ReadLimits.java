// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.Serializable;

/**
 * How much of one file is read before it is taken for a bomb or for damage.
 *
 * @param maxBytes of the file when decompressed
 * @param maxRatio of decompressed to compressed bytes, checked after each further MiB
 * @param maxLineBytes a longer line is rejected alone, but for header lines; CloudFront's stay
 *     below 100 KB
 */
public record ReadLimits(long maxBytes, int maxRatio, int maxLineBytes) implements Serializable {

  public ReadLimits {
    if (maxBytes < 1 || maxRatio < 1 || maxLineBytes < 1 || maxLineBytes > 64 << 20) {
      throw new IllegalArgumentException(
          "limits must be positive, and maxLineBytes at most 64 MiB: maxBytes "
              + maxBytes
              + ", maxRatio "
              + maxRatio
              + ", maxLineBytes "
              + maxLineBytes);
    }
  }

  /** 2 GiB (three million lines), 200:1, 256 KiB. */
  public static ReadLimits defaults() {
    return new ReadLimits(2L << 30, 200, 256 << 10);
  }
}
