// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import aqueduct.contracts.Events;
import aqueduct.logs.Codec;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Packer;
import aqueduct.logs.RecordSink;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Chunks on the stream, every half second, each now and then sent twice; knows the true counts. */
final class Feed implements AutoCloseable {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final int EVENTS = 100;
  static final long FILE = 7;
  private final RecordSink sink;
  private final String stream;
  private final AtomicLong chunks = new AtomicLong();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "feed");

  Feed(RecordSink sink, String stream) {
    this.sink = sink;
    this.stream = stream;
    thread.start();
  }

  private void run() {
    try {
      while (!stopping.await(500, TimeUnit.MILLISECONDS)) {
        int ordinal = (int) chunks.get();
        List<PackedRecord> records = new ArrayList<>(List.of(chunk(ordinal)));
        if (ordinal % 10 == 3) {
          records.add(chunk(ordinal - 2));
        }
        sink.put(stream, records);
        chunks.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static PackedRecord chunk(int ordinal) {
    Packer packer = new Packer(Codec.ZSTD);
    for (EnrichedLog event : Events.enriched(ordinal, EVENTS, NOON)) {
      byte[] bytes = event.toByteArray();
      packer.add(bytes, 0, bytes.length);
    }
    return packer.pack(
        ChunkHeader.newBuilder()
            .setFileId(FILE)
            .setFirstLine(1 + ordinal * 1000)
            .setOrdinal(ordinal)
            .setLines(EVENTS)
            .setMessageType("EnrichedLog")
            .build());
  }

  long chunks() {
    return chunks.get();
  }

  long events() {
    return chunks.get() * EVENTS;
  }

  @Override
  public void close() throws InterruptedException {
    stopping.countDown();
    thread.join();
  }
}
