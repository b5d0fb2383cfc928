// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Cursors of shards -> one row of records, by sequence number. */
final class StreamCursor extends Spliterators.AbstractSpliterator<StoredRecord>
    implements AutoCloseable {
  private final List<ShardCursor> cursors;
  private @Nullable PriorityQueue<Head> heads;

  StreamCursor(List<ShardCursor> cursors) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.cursors = cursors;
  }

  @Override
  public boolean tryAdvance(Consumer<? super StoredRecord> action) {
    PriorityQueue<Head> queue = heads();
    Head head = queue.poll();
    if (head == null) return false;
    action.accept(head.record());
    advance(head.cursor(), queue);
    return true;
  }

  private PriorityQueue<Head> heads() {
    if (heads == null) {
      heads = new PriorityQueue<>(Comparator.comparingLong((Head h) -> h.record().sequence()));
      for (ShardCursor cursor : cursors) advance(cursor, heads);
    }
    return heads;
  }

  private static void advance(ShardCursor cursor, PriorityQueue<Head> queue) {
    try {
      StoredRecord record = cursor.next();
      if (record != null) queue.add(new Head(cursor, record));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      for (ShardCursor cursor : cursors) cursor.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Head(ShardCursor cursor, StoredRecord record) {}
}
