// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One file of a shard: the records from its base sequence number to the next file's. */
final class Segment {
  private static final String SUFFIX = ".log";
  private final Path file;
  private final long base;
  private volatile long length;
  private @Nullable SegmentIndex index;

  private Segment(Path file, long base, long length) {
    this.file = file;
    this.base = base;
    this.length = length;
  }

  static boolean isSegment(Path file) {
    return file.getFileName().toString().endsWith(SUFFIX);
  }

  static Segment open(Path file) throws IOException {
    String name = file.getFileName().toString();
    return new Segment(
        file, Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), Files.size(file));
  }

  static Segment create(Path directory, long base) throws IOException {
    Path file = directory.resolve(String.format(Locale.ROOT, "%019d", base) + SUFFIX);
    Files.createFile(file);
    Segment segment = new Segment(file, base, 0);
    segment.index = new SegmentIndex();
    return segment;
  }

  long base() {
    return base;
  }

  long length() {
    return length;
  }

  Path file() {
    return file;
  }

  /** What was written is now part of the segment, for readers too. */
  void grown(long newLength) {
    length = newLength;
  }

  synchronized SegmentIndex index() throws IOException {
    if (index == null) {
      SegmentIndex built = new SegmentIndex();
      try (SegmentReader reader = new SegmentReader(file, 0, length)) {
        while (reader.next()) built.add(reader.sequence(), reader.position());
      }
      index = built;
    }
    return index;
  }

  /**
   * A reader placed before the first record at or after the sequence number, or a little earlier.
   */
  SegmentReader reader(long from) throws IOException {
    return new SegmentReader(file, from <= base ? 0 : index().floor(from), length);
  }

  /**
   * Cuts what a killed process left half written; returns the last sequence number, or base - 1 if
   * there is none.
   */
  long recover() throws IOException {
    long last = base - 1;
    long good = 0;
    SegmentIndex built = new SegmentIndex();
    try (SegmentReader reader = new SegmentReader(file, 0, length)) {
      while (reader.next() && reader.isIntact()) {
        last = reader.sequence();
        built.add(last, reader.position());
        good = reader.behind();
      }
    }
    if (good < length) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(good);
      }
    }
    length = good;
    synchronized (this) {
      index = built;
    }
    return last;
  }
}
