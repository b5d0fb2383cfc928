// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;

/** Checked entries -> the end of a segment, all of them or none. Not thread-safe. */
final class SegmentWriter implements AutoCloseable {
  private static final int STAGING = 256 << 10;
  private final Segment segment;
  private final FileChannel channel;
  private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING);
  private final CRC32 crc = new CRC32();
  private final byte[] prefix = new byte[SegmentReader.PREFIX];

  SegmentWriter(Segment segment) throws IOException {
    this.segment = segment;
    this.channel = FileChannel.open(segment.file(), StandardOpenOption.WRITE);
    channel.position(segment.length());
  }

  /**
   * After it returns the entries outlive the death of this process (not of the machine: there is no
   * fsync here).
   */
  long[] append(List<Entry> entries, SequenceClock clock) throws IOException {
    long[] sequences = new long[entries.size()];
    long[] positions = new long[entries.size()];
    long position = segment.length();
    try {
      for (int i = 0; i < sequences.length; i++) {
        sequences[i] = clock.next();
        positions[i] = position;
        position += write(entries.get(i), sequences[i]);
      }
      flush();
    } catch (IOException | RuntimeException e) {
      undo(e);
      throw e;
    }
    SegmentIndex index = segment.index();
    for (int i = 0; i < sequences.length; i++) index.add(sequences[i], positions[i]);
    segment.grown(position);
    return sequences;
  }

  private int write(Entry entry, long sequence) throws IOException {
    byte[] key = entry.partitionKey().getBytes(StandardCharsets.UTF_8);
    ByteBuffer.wrap(prefix).putLong(sequence).putShort((short) key.length);
    crc.reset();
    crc.update(prefix);
    crc.update(key);
    crc.update(entry.data());
    int body = prefix.length + key.length + entry.data().length;
    if (staging.remaining() < SegmentReader.HEADER) flush();
    staging.putInt(body).putInt((int) crc.getValue());
    put(prefix);
    put(key);
    put(entry.data());
    return SegmentReader.HEADER + body;
  }

  private void put(byte[] bytes) throws IOException {
    for (int from = 0; from < bytes.length; ) {
      if (!staging.hasRemaining()) flush();
      int slice = Math.min(staging.remaining(), bytes.length - from);
      staging.put(bytes, from, slice);
      from += slice;
    }
  }

  private void flush() throws IOException {
    staging.flip();
    while (staging.hasRemaining()) channel.write(staging);
    staging.clear();
  }

  private void undo(Exception reason) {
    try {
      staging.clear();
      channel.truncate(segment.length());
      channel.position(segment.length());
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.force(true);
    channel.close();
  }
}
