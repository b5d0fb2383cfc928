// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.Serializable;
import java.util.HexFormat;

/**
 * The identity of a chunk through all stages: the file and the first of its lines in the chunk. As
 * text, which is also the Kinesis partition key: {@code 16 hex digits, '/', decimal line}.
 */
public record ChunkId(long fileId, int firstLine) implements Serializable {

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(fileId) + '/' + firstLine;
  }

  /** The id that {@code text} names. Throws IllegalArgumentException if it names none. */
  public static ChunkId parse(String text) {
    if (text.length() < 18 || text.charAt(16) != '/') {
      throw new IllegalArgumentException("not a chunk id: " + text);
    }
    return new ChunkId(
        HexFormat.fromHexDigitsToLong(text, 0, 16), Integer.parseInt(text.substring(17)));
  }
}
