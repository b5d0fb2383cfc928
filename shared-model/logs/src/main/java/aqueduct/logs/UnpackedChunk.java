// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;
import java.util.Arrays;

/** The bounds of a chunk's messages in one buffer, reused from chunk to chunk. */
final class UnpackedChunk implements PackedChunk {
  /** A chunk has at most 1,000; the bound keeps hostile records from filling the memory. */
  private static final int MAX_MESSAGES = 1 << 20;

  private byte[] buffer = new byte[0];
  private int[] bounds = new int[2048];
  private int count;
  private ChunkHeader header = ChunkHeader.getDefaultInstance();

  void clear(byte[] newBuffer) {
    buffer = newBuffer;
    count = 0;
  }

  void add(int from, int to) throws CorruptRecordException {
    if (count == MAX_MESSAGES) {
      throw new CorruptRecordException("too_large", "more than " + MAX_MESSAGES + " messages");
    }
    if (bounds.length == 2 * count) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * count] = from;
    bounds[2 * count + 1] = to;
    count++;
  }

  void header(ChunkHeader newHeader) {
    header = newHeader;
  }

  int count() {
    return count;
  }

  byte[] buffer() {
    return buffer;
  }

  int from(int message) {
    return bounds[2 * message];
  }

  int to(int message) {
    return bounds[2 * message + 1];
  }

  @Override
  public ChunkHeader header() {
    return header;
  }

  @Override
  public void forEach(MessageVisitor visitor) {
    for (int i = 0; i < count; i++) {
      visitor.message(buffer, from(i), to(i));
    }
  }
}
