// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A sink that keeps what it was given, for tests. Records that were not finished are kept too, as a
 * stream would have them.
 */
public final class InMemoryRecordSink implements RecordSink {
  private final Map<String, List<PackedRecord>> pipes = new HashMap<>();
  private Consumer<PackedRecord> beforeSend = record -> {};

  /** What happens before a record is taken: throw to refuse it. */
  public synchronized void beforeSend(Consumer<PackedRecord> action) {
    beforeSend = action;
  }

  /** What the pipe has taken so far, in order. */
  public synchronized List<PackedRecord> records(String pipe) {
    return List.copyOf(pipes.getOrDefault(pipe, List.of()));
  }

  private synchronized void take(String pipe, PackedRecord record) {
    beforeSend.accept(record);
    pipes.computeIfAbsent(pipe, any -> new ArrayList<>()).add(record);
  }

  @Override
  public Transfer open(String pipe) {
    return new Transfer() {
      @Override
      public void send(PackedRecord record) {
        take(pipe, record);
      }

      @Override
      public void finish() {}

      @Override
      public void close() {}
    };
  }
}
