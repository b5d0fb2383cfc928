// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.PackedRecord;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

/** The stream's records -> the metric store, each once, whatever fails meanwhile. */
class AggregationTest extends OnOneStream {
  @Test
  void every_chunk_counts_once_however_often_it_is_sent() {
    sink.put(settings.stream(), List.of(chunk(1, 0, 500), chunk(1, 1, 300), chunk(1, 0, 500)));
    aggregate();
    awaitRequests(800);
    sink.put(
        settings.stream(), List.of(chunk(1, 0, 500), chunk(1, 2, 7))); // a repeat in a later window
    awaitRequests(807);
    assertThat(file(1).chunks()).isEqualTo(3);
    assertThat(file(1).lines())
        .isEqualTo(813)
        .isEqualTo(file(1).events() + file(1).rejected() + file(1).filtered());
    assertThat(file(1).duplicateLines()).isEqualTo(2 * 502);
  }

  @Test
  void a_new_start_goes_on_where_the_metric_store_ends() {
    sink.put(settings.stream(), List.of(chunk(2, 0, 100)));
    Aggregation first = aggregate();
    awaitRequests(100);
    first.close();
    sink.put(settings.stream(), List.of(chunk(2, 1, 50)));
    aggregate();
    awaitRequests(150);
    assertThat(file(2).duplicateLines()).isZero(); // nothing was read twice
  }

  @Test
  void two_aggregations_at_once_count_once() {
    aggregate();
    aggregate();
    for (int ordinal = 0; ordinal < 20; ordinal++) {
      sink.put(settings.stream(), List.of(chunk(3, ordinal, 100)));
    }
    awaitRequests(2000);
    assertThat(file(3).chunks()).isEqualTo(20);
  }

  @Test
  void a_split_and_a_merge_lose_nothing() {
    aggregate();
    for (int ordinal = 0; ordinal < 30; ordinal++) {
      sink.put(settings.stream(), List.of(chunk(4, ordinal, 100)));
      if (ordinal == 10) {
        kinesis.updateShardCount(
            r ->
                r.streamName(settings.stream()).targetShardCount(4).scalingType("UNIFORM_SCALING"));
      }
      if (ordinal == 20) {
        awaitActive(settings.stream());
        kinesis.updateShardCount(
            r ->
                r.streamName(settings.stream()).targetShardCount(2).scalingType("UNIFORM_SCALING"));
      }
    }
    awaitRequests(3000);
    assertThat(file(4).duplicateLines()).isZero();
  }

  @Test
  void what_is_damaged_or_from_the_future_is_rejected_and_the_rest_goes_on() throws Exception {
    byte[] torn = chunk(5, 1, 10).data();
    torn[torn.length / 2] ^= 1;
    EnrichedLog future =
        EnrichedLog.newBuilder()
            .setTimeUs(Instant.now().plusSeconds(86400).getEpochSecond() * 1_000_000)
            .build();
    EnrichedLog old = EnrichedLog.newBuilder().setTimeUs(0).setSiteId("old.example").build();
    sink.put(
        settings.stream(),
        List.of(
            chunk(5, 0, List.of(future, old)), new PackedRecord("torn", torn), chunk(5, 2, 10)));
    aggregate();
    awaitRequests(11);
    assertThat(file(5).lines())
        .isEqualTo(16)
        .isEqualTo(file(5).events() + file(5).rejected() + file(5).filtered());
    assertThat(file(5).rejected()).isEqualTo(3);
    assertThat(rejections())
        .extracting(Rejection::getReason)
        .contains("bad_digest", "event_in_the_future");
  }

  @Test
  void a_metric_store_that_is_away_delays_a_window_and_loses_none() throws Exception {
    aggregate();
    sink.put(settings.stream(), List.of(chunk(6, 0, 100)));
    awaitRequests(100);
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      String database = settings.stream().replace('-', '_');
      statement.execute("alter database " + database + " allow_connections false");
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
              + database
              + "'");
      sink.put(settings.stream(), List.of(chunk(6, 1, 100)));
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !progress.healthy());
      statement.execute("alter database " + database + " allow_connections true");
    }
    awaitRequests(200);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(progress::healthy);
  }

  @Test
  void a_window_can_be_read_again_as_a_batch() {
    sink.put(settings.stream(), List.of(chunk(7, 0, 5), chunk(7, 1, 5)));
    long from = System.currentTimeMillis() - 60_000;
    var rows =
        spark
            .read()
            .format("kinesis-windows")
            .option("stream", settings.stream())
            .option("fromMillis", from)
            .option("toMillis", from + 120_000)
            .load();
    assertThat(rows.select("partition_key").distinct().count()).isEqualTo(2);
    assertThat(rows.count()).isEqualTo(2);
  }

  @Test
  void a_record_that_is_no_chunk_is_one_event() {
    EnrichedLog event =
        EnrichedLog.newBuilder()
            .setFileId(8)
            .setLine(3)
            .setTimeUs(NOON.getEpochSecond() * 1_000_000)
            .setSiteId("x")
            .build();
    kinesis.putRecord(
        r ->
            r.streamName(settings.stream())
                .partitionKey("any")
                .data(SdkBytes.fromByteArray(event.toByteArray())));
    aggregate();
    awaitRequests(1);
  }
}
