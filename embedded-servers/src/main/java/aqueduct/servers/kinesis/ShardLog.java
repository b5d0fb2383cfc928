// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A shard's records as a row of segment files: one writer at a time, any number of readers. */
final class ShardLog implements AutoCloseable {
  private final Path directory;
  private final String shard;
  private final SequenceClock clock;
  private final long segmentBytes;
  private final ConcurrentSkipListMap<Long, Segment> segments;
  private volatile long last;
  private @Nullable SegmentWriter writer;

  private ShardLog(Path directory, SequenceClock clock, long segmentBytes) throws IOException {
    Files.createDirectories(directory);
    this.directory = directory;
    this.shard = directory.getFileName().toString();
    this.clock = clock;
    this.segmentBytes = segmentBytes;
    this.segments = segments(directory);
  }

  /** Opens or makes the log of an open shard; cuts a torn tail. */
  static ShardLog open(Path directory, SequenceClock clock, long start, long segmentBytes)
      throws IOException {
    ShardLog log = new ShardLog(directory, clock, segmentBytes);
    if (log.segments.isEmpty()) log.segments.put(start, Segment.create(directory, start));
    log.last = log.segments.lastEntry().getValue().recover();
    clock.passed(log.last);
    return log;
  }

  /** Opens the log of a closed shard: nothing is written to it any more. */
  static ShardLog closed(Path directory, SequenceClock clock, long end) throws IOException {
    ShardLog log = new ShardLog(directory, clock, 0);
    log.last = end;
    return log;
  }

  static ConcurrentSkipListMap<Long, Segment> segments(Path directory) throws IOException {
    ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files.filter(Segment::isSegment)::iterator) {
        Segment segment = Segment.open(file);
        segments.put(segment.base(), segment);
      }
    }
    return segments;
  }

  synchronized long[] append(List<Entry> entries) throws IOException {
    Segment active = segments.lastEntry().getValue();
    if (active.length() >= segmentBytes) active = roll();
    if (writer == null) writer = new SegmentWriter(active);
    long[] sequences = writer.append(entries, clock);
    last = sequences[sequences.length - 1];
    return sequences;
  }

  /** The sequence number of the newest record, or just below the first to come. */
  long last() {
    return last;
  }

  /** Begins a new file, so that the old one can expire as a whole. */
  private Segment roll() throws IOException {
    stop();
    Segment segment = Segment.create(directory, last + 1);
    segments.put(segment.base(), segment);
    return segment;
  }

  /** Ends writing; what was written stays readable. */
  synchronized void stop() throws IOException {
    if (writer != null) writer.close();
    writer = null;
  }

  /**
   * Visits records from a sequence number on until the visitor has enough.
   *
   * @return the sequence number of the first record not taken, or -1 where the log ended
   */
  long read(long from, Visitor visitor) throws IOException {
    Map.Entry<Long, Segment> at = segments.floorEntry(from);
    if (at == null) at = segments.firstEntry();
    for (; at != null; at = segments.higherEntry(at.getKey())) {
      try (SegmentReader reader = at.getValue().reader(from)) {
        while (reader.next()) {
          if (reader.sequence() < from) continue;
          if (!visitor.wants(reader.payload())) return reader.sequence();
          visitor.record(reader.record(shard));
        }
      } catch (NoSuchFileException expiredMeanwhile) {
        // The next file has what is left.
      }
    }
    return -1;
  }

  /** Removes the files whose records all arrived before the horizon. */
  synchronized void expire(long horizon, boolean open) throws IOException {
    long firstKept = SequenceNumber.firstAt(horizon);
    if (open && segments.lastEntry().getValue().length() > 0 && last < firstKept) roll();
    while (segments.size() > 1) {
      Long second = segments.higherKey(segments.firstKey());
      if (second == null || second > firstKept) return;
      Files.deleteIfExists(segments.pollFirstEntry().getValue().file());
    }
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes records until it has enough. */
  interface Visitor {
    /** Whether a further record of this size (key and data) is wanted. */
    boolean wants(int payload);

    void record(StoredRecord record) throws IOException;
  }
}
