// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.contracts.Events;
import aqueduct.logs.ChunkId;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.CorrectedDays.Publication;
import aqueduct.metrics.CorrectedDays.Shown;
import aqueduct.metrics.Cube;
import aqueduct.metrics.ExactMeasure;
import aqueduct.metrics.Grain;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  /** The first day's correction finds 40 events more and is locked; then 25 come late. */
  static void correct(CorrectedDays days, MetricStore store) {
    LocalDate day = LocalDate.parse("2026-11-20");
    List<EnrichedLog> all = events();
    all.addAll(Events.enriched(4, 40, TEN));
    Draft draft = days.begin(day, "inputs");
    days.stage(draft, "0", deltas(all));
    Instant start = Instant.parse("2026-11-20T00:00:00Z");
    List<ExactMeasure> exact =
        Map.of("visits", 310.0, "bounces", 120.0, "page_views", 700.0, "seconds", 9300.0)
            .entrySet()
            .stream()
            .map(e -> exact("visits", start, e.getKey(), e.getValue()))
            .collect(Collectors.toCollection(ArrayList::new));
    exact.add(exact("traffic", start, "unique_visitors", 287));
    days.stageExact(draft, "exact 0", exact.iterator());
    days.publish(draft, new Publication(Shown.LOCKED, "ann", "three days are over", "m1"));
    apply(store, 2, Events.enriched(5, 25, TEN));
  }

  private static ExactMeasure exact(String report, Instant start, String name, double value) {
    return new ExactMeasure(report, Grain.DAY, start, List.of("site-1.example"), name, value);
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
