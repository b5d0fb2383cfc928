// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file's bytes -> its lines, one after the other in one buffer of fixed size. A line over the
 * limit is stepped over to the next line feed; only its beginning is kept. Lines that start with
 * '#' may be as long as what a format is recognised by, whatever the limit: without its header no
 * line of a file can be read. Damage ends the lines as an end of file does, with the bytes after
 * the last line feed set apart: they may be half a line.
 */
final class LineScanner {
  /** What a rejection shows of an over-long line, and a byte order mark before it. */
  private static final int KEPT_BYTES = RejectionPacker.MAX_DATA_BYTES + 3;

  private static final int READ_BYTES = 64 << 10;

  private final FileBytes bytes;
  private final int maxLineBytes;
  private final byte[] buffer;
  private int at;
  private int end;
  private boolean ended;
  private @Nullable LineProblem damage;
  private int number;
  private int from;
  private int to;
  private long length;
  private boolean overlong;

  LineScanner(FileBytes bytes, int maxLineBytes) {
    this.bytes = bytes;
    this.maxLineBytes = maxLineBytes;
    buffer = new byte[Math.max(FileStart.BYTES, maxLineBytes) + READ_BYTES];
  }

  /** The first bytes; to be asked before the first line. */
  FileStart start() throws IOException {
    while (!ended && end < FileStart.BYTES) {
      fill();
    }
    boolean whole = ended && damage == null && end <= FileStart.BYTES;
    return new FileStart(buffer, 0, Math.min(end, FileStart.BYTES), whole, bytes.container());
  }

  /** Moves to the next line; false when there is none. */
  boolean next() throws IOException {
    int searched = at;
    while (true) {
      int lineFeed = ByteScan.indexOf((byte) '\n', buffer, searched, end);
      if (lineFeed < end) {
        return line(lineFeed, lineFeed + 1);
      }
      if (ended) {
        return at < end && damage == null && line(end, end);
      }
      if (end - at > limit(at, end)) {
        return overlongLine();
      }
      searched = end - at;
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
      fill();
    }
  }

  private boolean line(int lineEnd, int next) {
    number++;
    from = FileStart.textFrom(buffer, at, lineEnd);
    to = FileStart.textTo(buffer, from, lineEnd);
    length = (long) lineEnd - at;
    overlong = length > limit(at, lineEnd);
    at = next;
    return true;
  }

  private int limit(int lineFrom, int lineTo) {
    int text = FileStart.textFrom(buffer, lineFrom, lineTo);
    return text < lineTo && buffer[text] == '#'
        ? Math.max(maxLineBytes, FileStart.BYTES)
        : maxLineBytes;
  }

  private boolean overlongLine() throws IOException {
    number++;
    int kept = Math.min(end - at, KEPT_BYTES);
    System.arraycopy(buffer, at, buffer, 0, kept);
    from = FileStart.textFrom(buffer, 0, kept);
    to = kept;
    length = (long) end - at;
    overlong = true;
    while (!ended) {
      end = kept;
      fill();
      int lineFeed = ByteScan.indexOf((byte) '\n', buffer, kept, end);
      length += lineFeed - kept;
      if (lineFeed < end) {
        at = lineFeed + 1;
        return true;
      }
    }
    at = end;
    return true;
  }

  private void fill() throws IOException {
    try {
      int count = bytes.read(buffer, end, buffer.length - end);
      if (count < 0) {
        ended = true;
      } else {
        end += count;
      }
    } catch (DamagedFileException e) {
      ended = true;
      damage = e.problem();
    }
  }

  byte[] buffer() {
    return buffer;
  }

  /** The line is {@code buffer()[from(), to())}; of an over-long one, its beginning. */
  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** The whole line's length without its line feed, which may be more than is in the buffer. */
  long length() {
    return length;
  }

  boolean overlong() {
    return overlong;
  }

  /** 1 for the first line. */
  int number() {
    return number;
  }

  /** Why the lines ended before the file does, if they did. */
  @Nullable LineProblem damage() {
    return damage;
  }

  /** After damage: where the bytes start that follow the last line feed; they end at unreadTo. */
  int unreadFrom() {
    return at;
  }

  int unreadTo() {
    return end;
  }
}
