// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.pipes;

import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Packed records -> the functions that read their pipe, in this process and on the caller's thread;
 * other pipes as before. {@link Transfer#finish} returns when every reader has returned, so what
 * was taken is as safe as behind a stream: the writer's input is acknowledged after its readers'
 * outputs. A reader that throws makes the writer fail, and its input comes again. A pipe without
 * readers takes everything and keeps nothing.
 */
public final class DirectPipes implements RecordSink, AutoCloseable {
  /** As many as one read of a stream brings of a busy shard: bounded memory, busy threads. */
  private static final int RECORDS_AT_A_TIME = 16;

  private final Map<String, List<PipeReader>> readers;
  private final RecordSink others;

  /**
   * Joins these pipes.
   *
   * @param readers by pipe
   * @param others takes the records of all other pipes; closed with this
   */
  public DirectPipes(Map<String, List<PipeReader>> readers, RecordSink others) {
    this.readers = Map.copyOf(readers);
    this.others = others;
  }

  @Override
  public Transfer open(String pipe) {
    List<PipeReader> direct = readers.get(pipe);
    return direct == null ? others.open(pipe) : new Call(direct);
  }

  @Override
  public void close() {
    if (!(others instanceof AutoCloseable closeable)) return;
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException("the sink behind the direct pipes did not close", e);
    }
  }

  private static final class Call implements Transfer {
    private final List<PipeReader> readers;
    private final List<byte[]> waiting = new ArrayList<>();

    Call(List<PipeReader> readers) {
      this.readers = readers;
    }

    @Override
    public void send(PackedRecord record) {
      waiting.add(record.data());
      if (waiting.size() == RECORDS_AT_A_TIME) finish();
    }

    @Override
    public void finish() {
      if (waiting.isEmpty()) return;
      List<byte[]> records = List.copyOf(waiting);
      readers.forEach(reader -> reader.read(records));
      waiting.clear();
    }

    @Override
    public void close() {
      waiting.clear();
    }
  }
}
