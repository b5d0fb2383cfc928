// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

/**
 * The first bytes of a file, decompressed: {@code buffer[from, to)}. Always the same for the same
 * file, however its bytes arrive.
 *
 * @param whole this is all of the file
 * @param container the name of what the lines were in ({@code parquet}), or nothing for plain text
 */
@SuppressWarnings("ArrayRecordComponent") // a window on the reader's buffer, never compared
public record FileStart(byte[] buffer, int from, int to, boolean whole, String container) {
  /** How much of the file it is, if the file is that long. */
  public static final int BYTES = 256 << 10;

  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** Visits the lines of which the end is seen, without line ends and BOM, empty ones left out. */
  public void forEachLine(MessageVisitor visitor) {
    int lineFrom = from;
    while (lineFrom < to) {
      int lineFeed = ByteScan.indexOf((byte) '\n', buffer, lineFrom, to);
      if (lineFeed == to && !whole) {
        return;
      }
      int textFrom = textFrom(buffer, lineFrom, lineFeed);
      int textTo = textTo(buffer, textFrom, lineFeed);
      if (textFrom < textTo) {
        visitor.message(buffer, textFrom, textTo);
      }
      lineFrom = lineFeed + 1;
    }
  }

  /** Where the text of a line starts that may have a byte order mark. */
  static int textFrom(byte[] buffer, int from, int to) {
    if (to - from < BOM.length) {
      return from;
    }
    for (int i = 0; i < BOM.length; i++) {
      if (buffer[from + i] != BOM[i]) {
        return from;
      }
    }
    return from + BOM.length;
  }

  /** Where the text of a line ends that may have a carriage return. */
  static int textTo(byte[] buffer, int from, int to) {
    return to > from && buffer[to - 1] == '\r' ? to - 1 : to;
  }
}
