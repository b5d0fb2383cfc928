// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import aqueduct.logs.ChunkId;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.Cube;
import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.metrics.ReportSpec;
import aqueduct.wire.EnrichedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** Windows of one file, and what is asked of them, for what every {@link MetricStore} promises. */
abstract class MetricStoreFixture {
  protected static final Instant DAY = Instant.parse("2026-11-20T10:00:00Z");
  static final Instant WINDOW = Instant.parse("2026-11-23T10:00:00Z");
  static final long FILE = 0xCAFEL;
  MetricStore store;

  /** An empty store. */
  protected abstract MetricStore newStore();

  @BeforeEach
  void empty() {
    store = newStore();
  }

  static Iterator<MetricDelta> deltas(List<EnrichedLog> events) {
    Cube cube = new Cube(ReportSpec.defaults());
    for (EnrichedLog event : events) {
      byte[] bytes = event.toByteArray();
      cube.add(bytes, 0, bytes.length);
    }
    return cube.deltas();
  }

  static AppliedChunk chunk(int firstLine, int events) {
    return new AppliedChunk(
        new ChunkId(FILE, firstLine), firstLine / 1000, events + 3, events, 2, 1);
  }

  static Instant start(int number) {
    return WINDOW.plus(Duration.ofMinutes(5L * number));
  }

  final WindowCommit window(int number, int token, List<AppliedChunk> chunks, String... parts) {
    Instant start = start(number);
    return new WindowCommit(
        start,
        start.plus(Duration.ofMinutes(5)),
        "attempt",
        token,
        List.of(parts),
        chunks,
        Map.of());
  }

  final Applied apply(int number, long seed, int firstLine) {
    String part = store.stage(start(number), "attempt", deltas(Events.enriched(seed, 500, DAY)));
    return store.apply(window(number, 0, List.of(chunk(firstLine, 500)), part));
  }

  final long requests() {
    return rows("traffic", Grain.ALL, List.of()).stream()
        .mapToLong(row -> row.measures().requests())
        .sum();
  }

  final List<MetricRow> rows(String report, Grain grain, List<String> by) {
    return store.query(
        new MetricQuery(
            report,
            DAY.minus(Duration.ofDays(3)),
            DAY.plus(Duration.ofDays(3)),
            grain,
            by,
            Map.of()));
  }
}
