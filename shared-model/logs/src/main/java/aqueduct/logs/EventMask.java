// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

/**
 * An event's RawLog bytes -> the same event with less of its viewer in it, before it is packed. To
 * mask an event twice is to mask it once. Reused; not thread-safe.
 */
public interface EventMask {

  /**
   * Masks the message {@code event[from, to)}; {@link #buffer} and {@link #length} then have it.
   */
  void mask(byte[] event, int from, int to);

  byte[] buffer();

  int length();
}
