// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import org.jspecify.annotations.Nullable;

/**
 * The part of an object that a Range header asks for.
 *
 * @param from first byte
 * @param length how many
 */
record ByteRange(long from, long length) {

  /** "bytes=0-9", "bytes=10-" or "bytes=-5"; none means all. */
  static ByteRange of(@Nullable String header, long size) {
    if (header == null) return new ByteRange(0, size);
    String range = header.substring(header.indexOf('=') + 1);
    int dash = range.indexOf('-');
    long from;
    long to = size - 1;
    if (dash == 0) {
      from = Math.max(0, size - Long.parseLong(range.substring(1)));
    } else {
      from = Long.parseLong(range.substring(0, dash));
      if (dash + 1 < range.length()) to = Math.min(to, Long.parseLong(range.substring(dash + 1)));
    }
    if (from >= size || to < from) {
      throw Refusals.of(
          416,
          "InvalidRange",
          "The requested range " + header + " is not within " + size + " bytes.");
    }
    return new ByteRange(from, to - from + 1);
  }

  String contentRange(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
