// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WindowStreamTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:05Z");
  private final StubKinesis kinesis = new StubKinesis();
  private final List<String> lost = new ArrayList<>();
  private Optional<Instant> applied = Optional.empty();
  private final WindowBoard board =
      WindowBoard.open(() -> applied, (from, until) -> lost.add(from + "/" + until));

  @AfterEach
  void close() {
    board.close();
  }

  private WindowStream stream() {
    return new WindowStream(
        new WindowOptions("s", 300_000, 1_000, -1, 1, -1, -1, board.id()),
        KinesisWindowSource.SCHEMA,
        new Kinesis(kinesis, millis -> {}),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static WindowOffset at(Instant instant) {
    return new WindowOffset(instant.toEpochMilli());
  }

  @Test
  void what_the_stream_no_longer_holds_is_told_once_with_its_range() {
    applied = Optional.of(NOW.minus(Duration.ofHours(30)));
    WindowStream stream = stream();
    for (int i = 0; i < 2; i++) {
      kinesis.page(0, false, StubKinesis.record("1", NOW.minusSeconds(600)));
      var unused = stream.latestOffset(at(applied.get()), ReadLimit.allAvailable());
    }
    assertThat(lost).containsExactly("2026-11-19T06:00:05Z/2026-11-19T12:00:05Z");
  }

  @Test
  void within_the_retention_nothing_is_lost() {
    applied = Optional.of(NOW.minus(Duration.ofHours(23)));
    kinesis.page(0, false, StubKinesis.record("1", NOW.minusSeconds(600)));
    var unused = stream().latestOffset(at(applied.get()), ReadLimit.allAvailable());
    assertThat(lost).isEmpty();
  }

  @Test
  void a_checkpoint_that_runs_ahead_of_the_metric_store_is_not_believed() {
    Instant noon = Instant.parse("2026-11-20T12:00:00Z");
    applied = Optional.of(noon.minusSeconds(900));
    InputPartition[] partitions =
        stream().planInputPartitions(at(noon.minusSeconds(300)), at(noon));
    assertThat(partitions)
        .containsExactly(
            new WindowPartition(
                "shard-0", noon.minusSeconds(900).toEpochMilli(), noon.toEpochMilli()));
    assertThat(board.planned().start()).isEqualTo(noon.minusSeconds(900));
  }

  @Test
  void a_checkpoint_that_lags_behind_the_metric_store_repeats_no_window() {
    Instant noon = Instant.parse("2026-11-20T12:00:00Z");
    applied = Optional.of(noon);
    assertThat(stream().planInputPartitions(at(noon.minusSeconds(300)), at(noon))).isEmpty();
    assertThat(board.planned().isNew()).isFalse();
  }

  @Test
  void an_open_window_is_not_planned() {
    Instant noon = Instant.parse("2026-11-20T12:00:00Z");
    applied = Optional.of(noon);
    assertThat(stream().latestOffset(at(noon), ReadLimit.allAvailable())).isEqualTo(at(noon));
  }

  @Test
  void a_stretch_without_records_is_one_window_without_tasks() {
    Instant noon = Instant.parse("2026-11-20T12:00:00Z");
    applied = Optional.of(noon.minus(Duration.ofHours(5)));
    kinesis.page(0, false);
    WindowStream stream = stream();
    assertThat(stream.latestOffset(at(applied.get()), ReadLimit.allAvailable()))
        .isEqualTo(at(noon));
    assertThat(stream.planInputPartitions(at(applied.get()), at(noon))).isEmpty();
    assertThat(board.planned().empty()).isTrue();
  }
}
