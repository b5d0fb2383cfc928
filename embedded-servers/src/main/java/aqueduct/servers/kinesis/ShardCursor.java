// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A shard's directory -> its records from a sequence number on, one file open at a time. */
final class ShardCursor implements AutoCloseable {
  private final String shard;
  private final long from;
  private final Iterator<Segment> segments;
  private @Nullable SegmentReader reader;

  ShardCursor(Path directory, long from) throws IOException {
    this.shard = directory.getFileName().toString();
    this.from = from;
    var all = ShardLog.segments(directory);
    Long first = all.floorKey(from);
    this.segments = (first == null ? all : all.tailMap(first)).values().iterator();
  }

  @Nullable StoredRecord next() throws IOException {
    for (; ; ) {
      while (reader != null && reader.next()) {
        if (reader.sequence() >= from) return reader.record(shard);
      }
      close();
      if (!segments.hasNext()) return null;
      try {
        reader = segments.next().reader(from);
      } catch (NoSuchFileException expiredMeanwhile) {
        reader = null;
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (reader != null) reader.close();
    reader = null;
  }
}
