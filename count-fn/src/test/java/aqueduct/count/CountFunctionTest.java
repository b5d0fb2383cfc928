// SPDX-License-Identifier: Apache-2.0
package aqueduct.count;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.contracts.Events;
import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.contracts.Rejections;
import aqueduct.logs.Codec;
import aqueduct.logs.Packer;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Conservation;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresMetricStore;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.Rejection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.support.GenericMessage;

class CountFunctionTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static EmbeddedPostgres postgres;
  private static MetricStore store;
  private final InMemoryRecordSink sink = new InMemoryRecordSink();

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    MetricSchema.create(postgres.getPostgresDatabase(), ReportSpec.defaults());
    store = new PostgresMetricStore(postgres.getPostgresDatabase(), ReportSpec.defaults());
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private CountFunction function(Instant now) {
    return new CountFunction(store, ReportSpec.defaults(), sink, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static byte[] chunk(long fileId, List<EnrichedLog> events) {
    return chunk(fileId, "EnrichedLog", events);
  }

  private static byte[] chunk(long fileId, String messageType, List<EnrichedLog> events) {
    Packer packer = new Packer(Codec.ZSTD);
    for (EnrichedLog event : events) {
      byte[] message = event.toByteArray();
      packer.add(message, 0, message.length);
    }
    return packer
        .pack(
            ChunkHeader.newBuilder()
                .setFileId(fileId)
                .setFirstLine(1)
                .setLines(events.size())
                .setEvents(events.size())
                .setMessageType(messageType)
                .build())
        .data();
  }

  private static void accept(CountFunction function, byte[]... records) {
    function.accept(new GenericMessage<>(List.of(records)));
  }

  @Test
  void every_line_ends_as_an_event_a_repeat_or_a_rejection_whoever_counts_and_how_often() {
    byte[] one = chunk(1, Events.enriched(1, 50, NOON.minus(Duration.ofHours(2))));
    byte[] two = chunk(2, Events.enriched(2, 30, NOON.minus(Duration.ofHours(2))));
    byte[] ahead = chunk(3, Events.enriched(3, 5, NOON.plus(Duration.ofHours(5))));
    byte[] damaged = one.clone();
    damaged[damaged.length / 2] ^= 1;
    CountFunction function = function(NOON);

    accept(function, one, one, damaged);
    accept(function, two, ahead);
    accept(function(NOON.minus(Duration.ofMinutes(1))), two); // another process, its clock behind

    Conservation sums = store.conservation();
    assertThat(sums).isEqualTo(new Conservation(3, 85, 80, 5, 0, 80));
    assertThat(sums.gap()).isZero();
    assertThat(Rejections.in(sink).stream().filter(r -> r.getFileId() == 3))
        .as("each with a line of its own: what has one identity is one rejection")
        .extracting(Rejection::getLine)
        .doesNotHaveDuplicates()
        .hasSize(5);
    assertThat(Rejections.in(sink)).hasSize(6);
    assertThat(store.days()).containsExactly(NOON.atZone(ZoneOffset.UTC).toLocalDate());
  }

  @Test
  void a_chunk_of_another_message_is_rejected_as_a_record_and_not_counted() {
    Conservation before = store.conservation();
    accept(
        function(NOON), chunk(9, "RawLog", Events.enriched(9, 5, NOON.minus(Duration.ofHours(2)))));

    assertThat(store.conservation()).isEqualTo(before);
    assertThat(Rejections.in(sink))
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.getReason()).isEqualTo("wrong_message_type");
              assertThat(rejection.getMessage()).contains("RawLog");
            });
  }
}
