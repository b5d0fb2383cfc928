// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an object as they come over the network. Asks only {@code read}, never {@code
 * available}. An object that ends before its known size is a broken transfer, not a damaged file:
 * it throws, so that the file is tried again.
 */
final class SourceBytes {
  private final InputStream in;
  private final long size;
  private final byte[] buffer = new byte[64 << 10];
  private int at;
  private int end;
  private long received;

  SourceBytes(InputStream in, long size) {
    this.in = in;
    this.size = size;
  }

  /** Makes sure that {@code buffer[at, end)} has {@code wanted} bytes; false if the object ends. */
  boolean has(int wanted) throws IOException {
    if (end - at >= wanted) {
      return true;
    }
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    while (end < wanted) {
      int count = in.read(buffer, end, buffer.length - end);
      if (count < 0) {
        if (received < size) {
          throw new EOFException(
              "the object ended after " + received + " of " + size + " bytes: try again");
        }
        return false;
      }
      end += count;
      received += count;
    }
    return true;
  }

  byte[] buffer() {
    return buffer;
  }

  int at() {
    return at;
  }

  int end() {
    return end;
  }

  void skip(int bytes) {
    at += bytes;
  }

  /** The next byte as 0 to 255; {@link #has} was asked before. */
  int next() {
    return buffer[at++] & 0xff;
  }
}
