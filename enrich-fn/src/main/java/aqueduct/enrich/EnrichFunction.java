// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import aqueduct.enrichment.Enricher.Enriched;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RecordSink.Transfer;
import aqueduct.logs.RejectionPacker;
import aqueduct.wire.Rejection;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.springframework.messaging.Message;

/**
 * A batch of packed RawLog chunks -> their EnrichedLog chunks on {@code enriched-logs}. Returns
 * when the streams have taken all of it, so that only then the batch is checkpointed. A record that
 * cannot be enriched is put aside on {@code rejected-logs} after some attempts and never blocks its
 * shard; a stream that refuses is not the record's fault: then it throws, and the batch comes
 * again.
 */
public final class EnrichFunction implements Consumer<Message<List<byte[]>>> {
  private static final String REJECTED_LOGS = "rejected-logs";
  private final Quarantine quarantine;
  private final RecordSink sink;
  private final String output;
  private final ExecutorService threads;
  private final MeterRegistry meters;

  EnrichFunction(
      Quarantine quarantine,
      RecordSink sink,
      String output,
      ExecutorService threads,
      MeterRegistry meters) {
    this.quarantine = quarantine;
    this.sink = sink;
    this.output = output;
    this.threads = threads;
    this.meters = meters;
  }

  @Override
  public void accept(Message<List<byte[]>> message) {
    List<CompletableFuture<Quarantine.Result>> results = new ArrayList<>();
    for (byte[] record : message.getPayload()) {
      results.add(CompletableFuture.supplyAsync(() -> quarantine.enrich(record), threads));
    }
    List<Rejection> rejections = new ArrayList<>();
    try (Transfer enriched = sink.open(output)) {
      for (CompletableFuture<Quarantine.Result> future : results) {
        Quarantine.Result result = join(future);
        rejections.addAll(result.rejections());
        result.enriched().ifPresent(chunk -> send(enriched, chunk));
      }
      if (!rejections.isEmpty()) {
        sink.put(
            REJECTED_LOGS,
            RejectionPacker.pack(
                rejections)); // first: a chunk that says "rejected" follows its rejections
        meters.counter("aqueduct.enrich.rejected").increment(rejections.size());
      }
      enriched.finish();
    }
  }

  private void send(Transfer enriched, Enriched chunk) {
    PackedRecord record = chunk.record();
    enriched.send(record);
    meters.counter("aqueduct.enrich.chunks").increment();
    meters.counter("aqueduct.enrich.events").increment(chunk.header().getEvents());
    chunk
        .header()
        .getFilteredByMap()
        .forEach(
            (rule, events) ->
                meters.counter("aqueduct.enrich.filtered", "rule", rule).increment(events));
    meters.counter("aqueduct.enrich.bytes").increment(record.data().length);
  }

  private static Quarantine.Result join(CompletableFuture<Quarantine.Result> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
