// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import aqueduct.logs.ChunkId;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.DayState;
import aqueduct.metrics.CorrectedDays.DayVersion;
import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.CorrectedDays.Publication;
import aqueduct.metrics.CorrectedDays.Shown;
import aqueduct.metrics.Cube;
import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.metrics.ReportSpec;
import aqueduct.wire.EnrichedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A day, its live windows and its corrections, for what every {@link CorrectedDays} promises. */
abstract class CorrectedDaysFixture {
  static final LocalDate DAY = LocalDate.parse("2026-11-20");
  static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant WINDOW = Instant.parse("2026-11-23T10:00:00Z");
  MetricStore live;
  CorrectedDays days;
  private int windows;

  /** An empty store. */
  protected abstract MetricStore newStore();

  /** The generations of the store that {@link #newStore} made last. */
  protected abstract CorrectedDays correctedDays();

  @BeforeEach
  void empty() {
    live = newStore();
    days = correctedDays();
  }

  static Iterator<MetricDelta> cells(long seed, int events) {
    Cube cube = new Cube(ReportSpec.defaults());
    for (EnrichedLog event : Events.enriched(seed, events, TEN)) {
      byte[] bytes = event.toByteArray();
      cube.add(bytes, 0, bytes.length);
    }
    return cube.deltas();
  }

  /** One window of the live path that adds so many events to the day. */
  final void arrive(int events) {
    int number = windows++;
    Instant start = WINDOW.plus(Duration.ofMinutes(5L * number));
    String part = live.stage(start, "a", cells(1000 + number, events));
    AppliedChunk chunk = new AppliedChunk(new ChunkId(number, 1), 0, events, events, 0, 0);
    live.apply(
        new WindowCommit(
            start, start.plusSeconds(300), "a", 0, List.of(part), List.of(chunk), Map.of()));
  }

  final Draft drafted(String attempt, int events) {
    Draft draft = days.begin(DAY, attempt);
    days.stage(draft, "0", cells(7, events));
    return draft;
  }

  static Publication as(Shown shown) {
    return new Publication(shown, "nightly", "lateness window over", "s3://lake/manifest-1");
  }

  final DayVersion correct(String attempt, int events, Shown shown) {
    return days.publish(drafted(attempt, events), as(shown));
  }

  static MetricQuery traffic() {
    return new MetricQuery(
        "traffic",
        TEN.minus(Duration.ofDays(1)),
        TEN.plus(Duration.ofDays(1)),
        Grain.ALL,
        List.of(),
        Map.of());
  }

  static long requests(List<MetricRow> rows) {
    return rows.stream().mapToLong(row -> row.measures().requests()).sum();
  }

  final long shown() {
    return requests(live.query(traffic()));
  }

  final DayState state() {
    return days.state(DAY).orElseThrow();
  }
}
