// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import static aqueduct.enrich.RawChunks.DAY;
import static aqueduct.enrich.RawChunks.POISON;
import static aqueduct.enrich.RawChunks.chunk;
import static aqueduct.enrich.RawChunks.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.contracts.Rejections;
import aqueduct.enrichment.Enricher;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.logs.Codec;
import aqueduct.logs.PackedRecord;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.support.GenericMessage;

/** One batch of records: what is enriched, what is put aside, and what must come again. */
@ExtendWith(OutputCaptureExtension.class)
class EnrichFunctionTest {
  private final InMemoryRecordSink sink = new InMemoryRecordSink();
  private final PoisonedCatalogue catalogue = new PoisonedCatalogue();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final EnrichmentContext context =
      new EnrichmentContext(catalogue, EnrichmentSettings.defaults());
  private final EnrichFunction enrich =
      new EnrichFunction(
          new Quarantine(() -> new Enricher(context, Codec.ZSTD), 3),
          sink,
          "enriched-logs",
          threads,
          meters);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private void accept(byte[]... records) {
    enrich.accept(new GenericMessage<>(List.of(records)));
  }

  private List<EnrichedLog> enriched() {
    return RawChunks.events(sink.records("enriched-logs"));
  }

  @Test
  void events_of_a_chunk_that_failed_half_way_are_in_no_later_chunk() {
    catalogue.poison = new UncheckedIOException(new IOException("the store does not answer"));
    for (int i = 0; i < 2; i++) { // two threads, each with an enricher of its own
      assertThatThrownBy(() -> accept(chunk(9, event(DAY, 1), event(POISON, 2)).data()))
          .hasStackTraceContaining("the store does not answer");
    }

    for (int line = 3; line < 11; line++) accept(chunk(line, event(DAY, line)).data());

    assertThat(enriched())
        .extracting(EnrichedLog::getLine)
        .containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void a_chunk_keeps_its_id_and_its_lines() {
    accept(chunk(3, event(DAY, 3), event(DAY, 4)).data());
    PackedRecord record = sink.records("enriched-logs").get(0);
    List<EnrichedLog> events = new ArrayList<>();
    ChunkHeader header = RawChunks.unpack(record.data(), events);
    assertThat(record.partitionKey()).isEqualTo(chunk(3, event(DAY, 3)).partitionKey());
    assertThat(header.getFileId()).isEqualTo(7);
    assertThat(header.getFirstLine()).isEqualTo(3);
    assertThat(header.getLines()).isEqualTo(2).isEqualTo(header.getEvents());
    assertThat(events).extracting(EnrichedLog::getBotName).containsExactly("curl", "curl");
    assertThat(meters.counter("aqueduct.enrich.events").count()).isEqualTo(2);
  }

  @Test
  void of_10000_events_only_the_poisoned_one_is_put_aside_with_its_bytes() throws Exception {
    byte[][] records = new byte[10][];
    for (int i = 0; i < records.length; i++) {
      int first = i * 1000;
      records[i] =
          chunk(
                  first,
                  IntStream.range(first, first + 1000)
                      .mapToObj(line -> event(line == 4321 ? POISON : DAY, line))
                      .toArray(RawLog.Builder[]::new))
              .data();
    }
    accept(records);
    assertThat(enriched()).hasSize(9999).noneMatch(event -> event.getLine() == 4321);
    Rejection rejection = Rejections.in(sink).get(0);
    assertThat(Rejections.in(sink)).hasSize(1);
    assertThat(rejection.getReason()).isEqualTo("enricher_failed");
    assertThat(rejection.getLine()).isEqualTo(4321);
    assertThat(rejection.getMessage()).contains("IllegalStateException").doesNotContain("CANARY");
    assertThat(RawLog.parseFrom(rejection.getData())).isEqualTo(event(POISON, 4321).build());
    assertThat(catalogue.asked).hasValue(3);
    assertThat(meters.counter("aqueduct.enrich.rejected").count()).isEqualTo(1);
  }

  @Test
  void what_fails_once_and_then_no_more_is_enriched_by_the_next_attempt() {
    catalogue.failures = 1;
    accept(chunk(1, event(POISON, 1), event(DAY, 2)).data());
    assertThat(enriched()).hasSize(2);
    assertThat(Rejections.in(sink)).isEmpty();
    assertThat(catalogue.asked.get()).isGreaterThan(1);
  }

  @Test
  void a_record_with_a_wrong_digest_is_put_aside_at_once_and_never_read_as_a_log() {
    byte[] corrupt = RawChunks.corrupt();
    accept(chunk(1, event(DAY, 1)).data(), corrupt, chunk(2, event(DAY, 2)).data());
    assertThat(enriched()).extracting(EnrichedLog::getLine).containsExactly(1, 2);
    Rejection rejection = Rejections.in(sink).get(0);
    assertThat(rejection.getReason()).isEqualTo("bad_digest");
    assertThat(rejection.getData().toByteArray()).isEqualTo(corrupt);
    assertThat(rejection.getPipe()).isEqualTo("raw-logs");
    assertThat(rejection.getAttempts()).isEqualTo(1);
  }

  @Test
  void no_damage_of_a_record_throws() {
    byte[] good = chunk(1, event(DAY, 1)).data();
    for (int cut = 0; cut < good.length; cut += 3) {
      byte[] damaged = java.util.Arrays.copyOf(good, cut);
      accept(damaged);
      byte[] flipped = good.clone();
      flipped[cut] ^= 0x55;
      accept(flipped);
    }
    int damaged = 2 * ((good.length + 2) / 3);
    assertThat(Rejections.in(sink).size() + sink.records("enriched-logs").size())
        .isGreaterThanOrEqualTo(damaged);
  }

  @Test
  void a_stream_that_refuses_fails_the_batch_and_the_next_delivery_gives_the_same_bytes() {
    byte[] record = chunk(1, event(DAY, 1)).data();
    sink.beforeSend(
        refused -> {
          throw new IllegalStateException("the stream refuses");
        });
    assertThatThrownBy(() -> accept(record)).hasMessageContaining("refuses");
    sink.beforeSend(taken -> {});
    accept(record);
    accept(record);
    List<PackedRecord> taken = sink.records("enriched-logs");
    assertThat(taken).hasSize(2);
    assertThat(taken.get(0).data()).isEqualTo(taken.get(1).data());
  }

  @Test
  void a_dataset_that_cannot_be_read_is_no_records_fault_and_fails_the_batch() {
    catalogue.unreadable = "geo-city";
    byte[] record = chunk(1, event(DAY, 1)).data();
    assertThatThrownBy(() -> accept(record))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("geo-city of 2019-11-19")
        .hasMessageContaining("aqueduct dataset verify");
    assertThat(sink.records("rejected-logs")).isEmpty();
    catalogue.unreadable = "";
    accept(record);
    assertThat(enriched().get(0).getGeoCountryIsoCode()).isEqualTo("GB");
  }

  @Test
  void a_day_without_a_dataset_is_enriched_by_the_others_and_says_what_is_missing() {
    accept(chunk(1, event("2018-01-01", 1)).data());
    assertThat(enriched().get(0).getMissingDatasetsList()).contains("geo-city");
    assertThat(enriched().get(0).getBotIsBot()).isTrue();
    assertThat(Rejections.in(sink)).isEmpty();
  }

  @Test
  void no_log_line_says_what_a_viewer_sent(CapturedOutput output) {
    accept(
        RawChunks.corrupt(),
        chunk(
                1,
                event(POISON, 1)
                    .setClientIp("203.0.113.77")
                    .setCookie("id=CANARYCOOKIE")
                    .setQuery("token=CANARYTOKEN&m=canary@example.org"))
            .data());
    assertThat(Rejections.in(sink)).hasSize(2);
    assertThat(output.getAll()).doesNotContain("CANARY", "203.0.113.77", "canary@", "81.2.69.142");
  }
}
