// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.aggregate.windows.Kinesis;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RejectionPacker;
import aqueduct.stores.kinesis.KinesisRecordSink;
import aqueduct.stores.kinesis.SinkSettings;
import aqueduct.wire.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Rejections -> the rejected pipe, some at a time, so that a window of nothing but damage needs no
 * more memory than another. They are out before the window is applied; a window that is computed
 * again sends the same ones again.
 */
final class RejectionOutlet {
  private static final int MOST = 500;
  private static final long MOST_BYTES = 4 << 20;
  private static final Map<KinesisClient, RecordSink> SINKS = new ConcurrentHashMap<>();
  private final RecordSink sink;
  private final String pipe;
  private final List<Rejection> waiting = new ArrayList<>();
  private long bytes;
  private long sent;

  RejectionOutlet(RecordSink sink, String pipe) {
    this.sink = sink;
    this.pipe = pipe;
  }

  /** On the sink of this JVM. */
  static RejectionOutlet shared(String pipe) {
    return new RejectionOutlet(
        SINKS.computeIfAbsent(
            Kinesis.client(),
            client -> new KinesisRecordSink(client, SinkSettings.defaults(), name -> name)),
        pipe);
  }

  void add(Rejection rejection) {
    waiting.add(rejection);
    bytes += rejection.getData().size();
    if (waiting.size() >= MOST || bytes >= MOST_BYTES) {
      flush();
    }
  }

  /** Returns when the pipe has all of them. */
  void flush() {
    if (!waiting.isEmpty()) {
      sink.put(pipe, RejectionPacker.pack(waiting));
      sent += waiting.size();
      waiting.clear();
      bytes = 0;
    }
  }

  /** How many the pipe has taken. */
  long sent() {
    return sent;
  }
}
