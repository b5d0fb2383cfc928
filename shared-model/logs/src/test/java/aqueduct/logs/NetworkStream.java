// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.InputStream;

/** Fixture: bytes that come a few at a time, with nothing ever said to be available. */
final class NetworkStream extends InputStream {
  private final byte[] bytes;
  private final int step;
  private int at;

  NetworkStream(byte[] bytes, int step) {
    this.bytes = bytes;
    this.step = step;
  }

  @Override
  public int read() {
    return at < bytes.length ? bytes[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int from, int length) {
    if (at == bytes.length) {
      return -1;
    }
    int count = Math.min(Math.min(step, length), bytes.length - at);
    System.arraycopy(bytes, at, target, from, count);
    at += count;
    return count;
  }

  @Override
  public int available() {
    return 0;
  }
}
