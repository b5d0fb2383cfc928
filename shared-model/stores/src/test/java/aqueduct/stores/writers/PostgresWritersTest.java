// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.metrics.MetricStore.FencedException;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.metrics.ReportSpec;
import aqueduct.metrics.Writers.Heartbeat;
import aqueduct.metrics.Writers.Standing;
import aqueduct.metrics.Writers.Writer;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresMetricStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresWritersTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void windows_and_heartbeats_say_what_each_writer_has_done() throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      MetricSchema.create(postgres.getPostgresDatabase(), ReportSpec.defaults());
      PostgresWriters writers = new PostgresWriters(postgres.getPostgresDatabase());
      assertThat(writers.look().newestToken()).as("before any writer").isZero();
      writers.createSchema();
      writers.createSchema(); // may be repeated
      assertThat(writers.look().writers()).isEmpty();
      assertThat(writers.look().newestEnd()).isEmpty();

      PostgresMetricStore store =
          new PostgresMetricStore(postgres.getPostgresDatabase(), ReportSpec.defaults());
      store.apply(commit(NOON, 3));
      store.apply(commit(NOON.plusSeconds(300), 3));
      writers.beat(
          new Heartbeat(4, Optional.of(Duration.ofSeconds(7)), 2, Duration.ofMillis(1500)));
      Standing standing = writers.look();
      assertThat(standing.newestToken()).isEqualTo(3);
      assertThat(standing.newestEnd()).contains(NOON.plusSeconds(600));
      Writer third = standing.writers().get(0);
      assertThat(third.token()).isEqualTo(3);
      assertThat(third.firstApplied().orElseThrow())
          .isBeforeOrEqualTo(third.lastApplied().orElseThrow());
      assertThat(third.beat()).isEmpty();
      Writer fourth = standing.writers().get(1);
      assertThat(fourth.firstApplied()).isEmpty();
      assertThat(fourth.windows()).isEqualTo(2);
      assertThat(fourth.perWindow()).isEqualTo(Duration.ofMillis(1500));
      assertThat(Duration.between(fourth.busySince().orElseThrow(), fourth.beat().orElseThrow()))
          .isEqualTo(Duration.ofSeconds(7));

      writers.beat(new Heartbeat(4, Optional.empty(), 0, Duration.ZERO));
      assertThat(writers.look().writers().get(1).busySince()).isEmpty();

      store.apply(commit(NOON.plusSeconds(600), 4));
      assertThatThrownBy(() -> store.apply(commit(NOON.plusSeconds(900), 3)))
          .as("a zombie that wakes")
          .isInstanceOf(FencedException.class)
          .hasMessage("writer 3 was replaced by writer 4: stop this one");
    }
  }

  private static WindowCommit commit(Instant start, long token) {
    return new WindowCommit(
        start, start.plusSeconds(300), "attempt", token, List.of(), List.of(), Map.of());
  }

  @Test
  void a_store_that_is_away_is_said_so() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");
    assertThatThrownBy(() -> new PostgresWriters(nowhere).look())
        .isInstanceOf(WritersUnknownException.class)
        .hasMessageStartingWith("the metric store does not answer");
  }
}
