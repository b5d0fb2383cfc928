// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.nio.charset.StandardCharsets;

/**
 * An identifier's bytes -> the 64 bits that travel in its place: FNV-1a with the constants that
 * Fowler, Noll and Vo published, so that anyone can find the event of a request id in a few lines
 * of any language.
 */
public final class RequestId {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x00000100000001b3L;

  private RequestId() {}

  /** The {@code event.id} of the request whose {@code x-edge-request-id} this is. */
  public static long hash(String requestId) {
    byte[] bytes = requestId.getBytes(StandardCharsets.UTF_8);
    return hash(bytes, 0, bytes.length);
  }

  public static long hash(byte[] buffer, int from, int to) {
    long hash = OFFSET_BASIS;
    for (int at = from; at < to; at++) {
      hash = (hash ^ (buffer[at] & 0xff)) * PRIME;
    }
    return hash;
  }

  /** For a line without request id: over file id (8 bytes) and line (4 bytes), big-endian. */
  public static long hash(long fileId, int line) {
    long hash = OFFSET_BASIS;
    for (int shift = 56; shift >= 0; shift -= 8) {
      hash = (hash ^ (fileId >>> shift & 0xff)) * PRIME;
    }
    for (int shift = 24; shift >= 0; shift -= 8) {
      hash = (hash ^ (line >>> shift & 0xff)) * PRIME;
    }
    return hash;
  }
}
