// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * A segment file -> its records, in order, one at a time.
 *
 * <p>Format of a record: int length of the body, int CRC-32 of the body, body = long sequence
 * number, short length of the key, key (UTF-8), data. A record that reaches beyond the end given is
 * not there: it is the torn tail of a killed process, or one that is being written.
 */
final class SegmentReader implements AutoCloseable {
  static final int HEADER = 8;
  static final int PREFIX = 10;
  private static final int LONGEST_KEY = 1024;
  private static final int LONGEST = PREFIX + LONGEST_KEY + (10 << 20);
  private static final int WINDOW = 64 << 10;
  private final Path file;
  private final FileChannel channel;
  private final long end;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowAt;
  private long at;
  private long next;

  SegmentReader(Path file, long from, long end) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.next = from;
    this.end = Math.min(end, channel.size());
  }

  /** Goes to the next whole record; false where there is none. */
  boolean next() throws IOException {
    at = next;
    if (at + HEADER + PREFIX > end) return false;
    int length = window(at, HEADER + PREFIX).getInt(offset(at));
    if (length < PREFIX || length > LONGEST || at + HEADER + length > end) return false;
    next = at + HEADER + length;
    return true;
  }

  long position() {
    return at;
  }

  /** Position behind the current record. */
  long behind() {
    return next;
  }

  long sequence() throws IOException {
    return window(at, HEADER + PREFIX).getLong(offset(at) + HEADER);
  }

  /** Bytes of key and data, as the limits count them. */
  int payload() {
    return (int) (next - at) - HEADER - PREFIX;
  }

  StoredRecord record(String shard) throws IOException {
    CRC32 crc = new CRC32();
    StoredRecord record = read(shard, crc);
    if (window(at, HEADER).getInt(offset(at) + 4) != (int) crc.getValue()) {
      throw new IOException(
          "Damaged record in " + file + " at byte " + at + ": its checksum differs.");
    }
    return record;
  }

  /** Whether the current record is as it was written. */
  boolean isIntact() throws IOException {
    CRC32 crc = new CRC32();
    read("", crc);
    return window(at, HEADER).getInt(offset(at) + 4) == (int) crc.getValue();
  }

  private StoredRecord read(String shard, CRC32 crc) throws IOException {
    int keyLength =
        Short.toUnsignedInt(window(at, HEADER + PREFIX).getShort(offset(at) + HEADER + 8));
    byte[] head =
        new byte[Math.min(PREFIX + Math.min(keyLength, LONGEST_KEY), (int) (next - at) - HEADER)];
    window(at, HEADER + head.length).get(offset(at) + HEADER, head);
    crc.update(head);
    String key = new String(head, PREFIX, head.length - PREFIX, StandardCharsets.UTF_8);
    byte[] data = new byte[(int) (next - at) - HEADER - head.length];
    fill(data, at + HEADER + head.length);
    crc.update(data);
    return new StoredRecord(shard, sequence(), key, data);
  }

  private void fill(byte[] data, long from) throws IOException {
    int known = (int) Math.min(data.length, windowAt + window.limit() - from);
    window.get(offset(from), data, 0, known);
    // In slices: a channel keeps a direct buffer per thread as large as the largest read.
    for (int filled = known; filled < data.length; ) {
      int slice = Math.min(WINDOW, data.length - filled);
      int read = channel.read(ByteBuffer.wrap(data, filled, slice), from + filled);
      if (read < 0) throw new IOException(file + " became shorter while it was read");
      filled += read;
    }
  }

  private int offset(long position) {
    return (int) (position - windowAt);
  }

  private ByteBuffer window(long from, int length) throws IOException {
    if (from < windowAt || from + length > windowAt + window.limit()) {
      window.clear();
      windowAt = from;
      while (window.position() < length) {
        if (channel.read(window, from + window.position()) < 0) {
          throw new IOException(file + " became shorter while it was read");
        }
      }
      window.flip();
    }
    return window;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
