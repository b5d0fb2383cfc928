// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import aqueduct.contracts.Events;
import aqueduct.logs.Codec;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Packer;
import aqueduct.logs.RecordSink;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Chunks on the stream, every half second, each now and then sent twice; knows the true counts. */
final class Feed implements AutoCloseable {
  private static final Instant YESTERDAY =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));
  private static final int EVENTS = 100;
  static final long FILE = 7;
  private final RecordSink sink;
  private final String stream;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "feed");
  private int chunks;
  private boolean paused;

  Feed(RecordSink sink, String stream) {
    this.sink = sink;
    this.stream = stream;
    thread.start();
  }

  private void run() {
    try {
      while (!stopping.await(500, TimeUnit.MILLISECONDS)) {
        send();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void send() {
    if (paused) {
      return;
    }
    List<PackedRecord> records = new ArrayList<>(List.of(chunk(chunks)));
    if (chunks % 10 == 3) {
      records.add(chunk(chunks - 2));
    }
    sink.put(stream, records);
    chunks++;
  }

  private static PackedRecord chunk(int ordinal) {
    Packer packer = new Packer(Codec.ZSTD);
    for (EnrichedLog event : Events.enriched(ordinal, EVENTS, YESTERDAY)) {
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

  /** What has been sent is then on the stream, and nothing more comes. */
  synchronized void pause() {
    paused = true;
  }

  synchronized void goOn() {
    paused = false;
  }

  synchronized long chunks() {
    return chunks;
  }

  synchronized long events() {
    return (long) chunks * EVENTS;
  }

  @Override
  public void close() throws InterruptedException {
    stopping.countDown();
    thread.join();
  }
}
