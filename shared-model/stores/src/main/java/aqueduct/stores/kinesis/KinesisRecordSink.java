// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.kinesis;

import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Packed records -> a Kinesis stream by PutRecords. Answers 200 may hold refused entries: only
 * those are sent again, with back-off, until the budget ends; then the transfer fails and the
 * caller's input is delivered again. Requests overlap; the bytes in flight are bounded over all
 * transfers, so a throttled stream stops its callers instead of filling the heap.
 */
public final class KinesisRecordSink implements RecordSink, AutoCloseable {
  private final KinesisClient kinesis;
  private final SinkSettings settings;
  private final UnaryOperator<String> streamOf;
  private final ExecutorService senders;
  private final Semaphore kilobytes;

  /**
   * Sends with this client, which the caller closes.
   *
   * @param streamOf pipe -> name of its stream
   */
  public KinesisRecordSink(
      KinesisClient kinesis, SinkSettings settings, UnaryOperator<String> streamOf) {
    this.kinesis = kinesis;
    this.settings = settings;
    this.streamOf = streamOf;
    this.senders = Executors.newFixedThreadPool(settings.concurrency(), KinesisRecordSink::daemon);
    this.kilobytes = new Semaphore(kilobytes(settings.bytesInFlight()));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "kinesis-record-sink");
    thread.setDaemon(true);
    return thread;
  }

  private static int kilobytes(long bytes) {
    return (int) ((bytes + 1023) / 1024);
  }

  @Override
  public Transfer open(String pipe) {
    return new KinesisTransfer(new ResendingPut(kinesis, streamOf.apply(pipe), settings));
  }

  @Override
  public void close() {
    senders.shutdownNow();
  }

  private final class KinesisTransfer implements Transfer {
    private final ResendingPut put;
    private final List<CompletableFuture<Void>> sent = new ArrayList<>();
    private List<PackedRecord> batch = new ArrayList<>();
    private long batchBytes;

    KinesisTransfer(ResendingPut put) {
      this.put = put;
    }

    @Override
    public void send(PackedRecord record) {
      long size = ResendingPut.size(record);
      if (size > settings.maxRecordBytes()) {
        throw new IllegalArgumentException(
            "record "
                + record.partitionKey()
                + " has "
                + size
                + " bytes; the stream takes at most "
                + settings.maxRecordBytes()
                + ": raise aqueduct.sink.max-record-bytes with the stream's own limit");
      }
      if (batch.size() == settings.maxRecords() || batchBytes + size > settings.maxRequestBytes()) {
        flush();
      }
      batch.add(record);
      batchBytes += size;
    }

    private void flush() {
      if (batch.isEmpty()) {
        return;
      }
      failFast();
      List<PackedRecord> records = batch;
      int permits = Math.min(kilobytes(batchBytes), kilobytes(settings.bytesInFlight()));
      batch = new ArrayList<>();
      batchBytes = 0;
      kilobytes.acquireUninterruptibly(permits);
      sent.add(
          CompletableFuture.runAsync(() -> put.all(records), senders)
              .whenComplete((done, error) -> kilobytes.release(permits)));
    }

    private void failFast() {
      sent.removeIf(
          future -> {
            if (future.isCompletedExceptionally()) {
              join(future);
            }
            return future.isDone();
          });
    }

    @Override
    public void finish() {
      flush();
      sent.forEach(KinesisTransfer::join);
      sent.clear();
    }

    private static void join(CompletableFuture<Void> future) {
      try {
        future.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }

    @Override
    public void close() {
      sent.forEach(future -> future.cancel(true));
    }
  }
}
