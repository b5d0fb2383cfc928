// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.IOException;

/** The bytes of an object that is not compressed. */
final class PlainBytes implements FileBytes {
  private final SourceBytes source;
  private long consumed;

  PlainBytes(SourceBytes source) {
    this.source = source;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (!source.has(1)) {
      return -1;
    }
    int count = Math.min(length, source.end() - source.at());
    System.arraycopy(source.buffer(), source.at(), target, from, count);
    source.skip(count);
    consumed += count;
    return count;
  }

  @Override
  public long consumed() {
    return consumed;
  }

  @Override
  public void close() {}
}
