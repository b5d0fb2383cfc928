// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.contracts.Events;
import aqueduct.logs.ChunkId;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.Cube;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresMetricStore;
import aqueduct.wire.EnrichedLog;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A metric store with two days of events, some of them hostile, for tests and for looking at. */
final class FilledStore {
  static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");

  /** What strangers write into paths, hoping that somebody opens the report. */
  static final List<String> HOSTILE =
      List.of(
          "/<script>alert(1)</script>",
          "/\"><img src=x onerror=alert(1)>",
          "=cmd|' /C calc'!A0",
          "@SUM(1+9)",
          "+1+1",
          "-2+3",
          "\ttab",
          "/a,b\"c\nd");

  private FilledStore() {}

  static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().start(); // ends with the JVM
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static MetricStore fill(DataSource database) {
    MetricSchema.create(database, ReportSpec.defaults());
    MetricStore store = new PostgresMetricStore(database, ReportSpec.defaults());
    apply(store, 0, events());
    apply(store, 1, Events.enriched(2, 300, TEN.minus(Duration.ofDays(1))));
    return store;
  }

  private static List<EnrichedLog> events() {
    List<EnrichedLog> events = new ArrayList<>(Events.enriched(1, 1000, TEN));
    for (String path : HOSTILE) {
      events.add(
          EnrichedLog.newBuilder()
              .setTimeUs(TEN.getEpochSecond() * 1_000_000)
              .setSiteId("hostile.example")
              .setUrlPath(path)
              .setReferrerSource(path)
              .setReferrerMedium("unknown")
              .setHttpResponseStatusCode(200)
              .build());
    }
    return events;
  }

  static void apply(MetricStore store, int number, List<EnrichedLog> events) {
    Instant start = Instant.parse("2026-11-21T00:00:00Z").plusSeconds(300L * number);
    String part = store.stage(start, "a", deltas(events));
    AppliedChunk chunk =
        new AppliedChunk(new ChunkId(number, 1), 0, events.size() + 3, events.size(), 2, 1);
    store.apply(
        new WindowCommit(
            start, start.plusSeconds(300), "a", 0, List.of(part), List.of(chunk), Map.of()));
  }

  static Iterator<MetricDelta> deltas(List<EnrichedLog> events) {
    Cube cube = new Cube(ReportSpec.defaults());
    for (EnrichedLog event : events) {
      byte[] bytes = event.toByteArray();
      cube.add(bytes, 0, bytes.length);
    }
    return cube.deltas();
  }
}
