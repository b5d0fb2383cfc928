// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.logs.ChunkId;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.Cube;
import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.FencedException;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.metrics.ReportSpec;
import aqueduct.wire.EnrichedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link MetricStore} promises. */
public abstract class MetricStoreContract {
  protected static final Instant DAY = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant WINDOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final long FILE = 0xCAFEL;
  private MetricStore store;

  /** An empty store. */
  protected abstract MetricStore newStore();

  @BeforeEach
  void empty() {
    store = newStore();
  }

  private static Iterator<MetricDelta> deltas(List<EnrichedLog> events) {
    Cube cube = new Cube(ReportSpec.defaults());
    for (EnrichedLog event : events) {
      byte[] bytes = event.toByteArray();
      cube.add(bytes, 0, bytes.length);
    }
    return cube.deltas();
  }

  private static AppliedChunk chunk(int firstLine, int events) {
    return new AppliedChunk(
        new ChunkId(FILE, firstLine), firstLine / 1000, events + 3, events, 2, 1);
  }

  private static Instant start(int number) {
    return WINDOW.plus(Duration.ofMinutes(5L * number));
  }

  private WindowCommit window(int number, int token, List<AppliedChunk> chunks, String... parts) {
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

  private Applied apply(int number, long seed, int firstLine) {
    String part = store.stage(start(number), "attempt", deltas(Events.enriched(seed, 500, DAY)));
    return store.apply(window(number, 0, List.of(chunk(firstLine, 500)), part));
  }

  private long requests() {
    return rows("traffic", Grain.ALL, List.of()).stream()
        .mapToLong(row -> row.measures().requests())
        .sum();
  }

  private List<MetricRow> rows(String report, Grain grain, List<String> by) {
    return store.query(
        new MetricQuery(
            report,
            DAY.minus(Duration.ofDays(3)),
            DAY.plus(Duration.ofDays(3)),
            grain,
            by,
            Map.of()));
  }

  @Test
  void a_window_is_in_the_metrics_once_it_is_applied() {
    assertThat(store.newestWindow()).isEmpty();
    assertThat(apply(0, 1, 2)).isEqualTo(Applied.APPLIED);
    assertThat(requests()).isEqualTo(500);
    assertThat(store.newestWindow())
        .get()
        .satisfies(
            newest -> {
              assertThat(newest.start()).isEqualTo(WINDOW);
              assertThat(newest.end()).isEqualTo(WINDOW.plus(Duration.ofMinutes(5)));
              assertThat(newest.events()).isEqualTo(500);
            });
    assertThat(store.days()).containsExactly(LocalDate.parse("2026-11-20"));
  }

  @Test
  void a_window_is_found_by_any_time_in_it_and_by_no_other() {
    apply(0, 1, 2);
    assertThat(store.windowAt(WINDOW)).isEqualTo(store.newestWindow());
    assertThat(store.windowAt(WINDOW.plusSeconds(299))).isEqualTo(store.newestWindow());
    assertThat(store.windowAt(WINDOW.plusSeconds(300))).isEmpty();
    assertThat(store.windowAt(WINDOW.minusMillis(1))).isEmpty();
  }

  @Test
  void a_window_applied_again_changes_nothing() {
    apply(0, 1, 2);
    assertThat(apply(0, 1, 2)).isEqualTo(Applied.ALREADY_APPLIED);
    assertThat(requests()).isEqualTo(500);
    assertThat(store.progress(FILE))
        .get()
        .satisfies(file -> assertThat(file.chunks()).isEqualTo(1));
  }

  @Test
  void what_is_staged_and_not_named_counts_nothing() {
    store.stage(WINDOW, "dead attempt", deltas(Events.enriched(9, 300, DAY)));
    apply(0, 1, 2);
    assertThat(requests()).isEqualTo(500);
  }

  @Test
  void a_window_whose_staged_part_is_gone_is_not_applied_as_an_empty_one() {
    String lost = "00000000-0000-4000-8000-000000000000";
    assertThatThrownBy(() -> store.apply(window(0, 0, List.of(chunk(2, 500)), lost)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gone");
    assertThat(store.newestWindow()).isEmpty();
    assertThat(store.appliedAmong(List.of(new ChunkId(FILE, 2)))).isEmpty();
    assertThat(apply(0, 1, 2)).isEqualTo(Applied.APPLIED);
  }

  @Test
  void many_windows_of_many_files_and_sites_add_up() {
    for (int number = 0; number < 14; number++) {
      int window = number;
      String first = store.stage(start(number), "a", deltas(site(window, "a.example")));
      String second = store.stage(start(number), "b", deltas(site(window, "b.example")));
      List<AppliedChunk> chunks =
          java.util.stream.IntStream.range(0, 105)
              .mapToObj(file -> new AppliedChunk(new ChunkId(file, window), window, 3, 2, 1, 0))
              .toList();
      assertThat(store.apply(window(number, 0, chunks, first, second))).isEqualTo(Applied.APPLIED);
    }
    assertThat(requests()).isEqualTo(14 * 200);
    assertThat(rows("traffic", Grain.ALL, List.of("site")))
        .extracting(row -> row.measures().requests())
        .containsExactly(1400L, 1400L);
    assertThat(rows("content", Grain.HOUR, List.of("site"))).hasSize(2);
    assertThat(store.progress(104))
        .get()
        .extracting(MetricStore.FileProgress::chunks)
        .isEqualTo(14);
    assertThat(store.progress(0)).get().extracting(MetricStore.FileProgress::lines).isEqualTo(42L);
  }

  private static List<EnrichedLog> site(int seed, String site) {
    return Events.enriched(seed, 100, DAY).stream()
        .map(event -> event.toBuilder().setSiteId(site).build())
        .toList();
  }

  @Test
  void windows_add_up_and_sketches_merge() {
    apply(0, 1, 2);
    double once = visitors();
    apply(1, 1, 1002); // the same visitors again, in other chunks
    assertThat(requests()).isEqualTo(1000);
    assertThat(visitors()).isEqualTo(once).isBetween(300.0, 500.0);
  }

  private double visitors() {
    return rows("traffic", Grain.ALL, List.of()).get(0).measures().uniqueVisitors();
  }

  @Test
  void a_window_may_touch_an_older_day() {
    apply(0, 1, 2);
    String part =
        store.stage(start(1), "a", deltas(Events.enriched(5, 50, DAY.minus(Duration.ofDays(1)))));
    store.apply(window(1, 0, List.of(chunk(5002, 50)), part));
    assertThat(rows("traffic", Grain.DAY, List.of()))
        .extracting(row -> row.measures().requests())
        .containsExactly(50L, 500L);
    assertThat(store.days()).hasSize(2);
  }

  @Test
  void a_chunk_is_applied_once() {
    apply(0, 1, 2);
    assertThatThrownBy(() -> apply(1, 2, 2)).isInstanceOf(IllegalStateException.class);
    assertThat(requests()).isEqualTo(500);
    assertThat(store.newestWindow())
        .get()
        .satisfies(newest -> assertThat(newest.start()).isEqualTo(WINDOW));
    assertThat(
            store.appliedAmong(
                List.of(new ChunkId(FILE, 2), new ChunkId(FILE, 1002), new ChunkId(7, 2))))
        .containsExactly(new ChunkId(FILE, 2));
  }

  @Test
  void every_line_of_a_file_is_accounted_for() {
    apply(0, 1, 2);
    store.apply(
        new WindowCommit(
            WINDOW.plusSeconds(300),
            WINDOW.plusSeconds(600),
            "a",
            0,
            List.of(),
            List.of(chunk(1002, 10)),
            Map.of(FILE, 503L)));
    assertThat(store.progress(FILE))
        .get()
        .satisfies(
            file -> {
              assertThat(file.chunks()).isEqualTo(2);
              assertThat(file.lines())
                  .isEqualTo(516)
                  .isEqualTo(file.events() + file.rejected() + file.filtered());
              assertThat(file.duplicateLines()).isEqualTo(503);
            });
    assertThat(store.progress(1)).isEmpty();
    assertThat(store.conservation())
        .isEqualTo(new MetricStore.Conservation(1, 516, 510, 4, 2, 503));
    assertThat(store.conservation().gap()).isZero();
  }

  @Test
  void of_two_writers_of_one_window_one_applies() throws Exception {
    String first = store.stage(WINDOW, "a", deltas(Events.enriched(1, 500, DAY)));
    String second = store.stage(WINDOW, "b", deltas(Events.enriched(1, 500, DAY)));
    CyclicBarrier together = new CyclicBarrier(2);
    List<CompletableFuture<Applied>> answers =
        Stream.of(first, second)
            .map(
                part ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          await(together);
                          return store.apply(window(0, 0, List.of(chunk(2, 500)), part));
                        }))
            .toList();
    assertThat(answers.stream().map(CompletableFuture::join))
        .containsExactlyInAnyOrder(Applied.APPLIED, Applied.ALREADY_APPLIED);
    assertThat(requests()).isEqualTo(500);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_writer_that_was_replaced_cannot_write() {
    store.apply(window(0, 7, List.of()));
    assertThatThrownBy(() -> store.apply(window(1, 6, List.of())))
        .isInstanceOf(FencedException.class);
    assertThat(store.apply(window(1, 7, List.of()))).isEqualTo(Applied.APPLIED);
  }

  @Test
  void an_answer_is_merged_to_the_grain_and_dimensions_asked() {
    apply(0, 1, 2);
    List<MetricRow> bySite = rows("geo", Grain.ALL, List.of("site"));
    assertThat(bySite)
        .extracting(row -> row.dimensions().get("site"))
        .containsExactly("site-0.example", "site-1.example", "site-2.example");
    assertThat(bySite.stream().mapToLong(row -> row.measures().requests()).sum()).isEqualTo(500);
    assertThat(
            rows("traffic", Grain.FIVE_MINUTES, List.of()).stream()
                .mapToLong(row -> row.measures().requests())
                .sum())
        .isEqualTo(500);
    assertThat(rows("traffic", Grain.HOUR, List.of())).hasSize(1);
    assertThat(
            store.query(
                new MetricQuery(
                    "geo",
                    DAY,
                    DAY.plus(Duration.ofHours(1)),
                    Grain.ALL,
                    List.of("country"),
                    Map.of("country", "DK"))))
        .singleElement()
        .satisfies(row -> assertThat(row.dimensions()).isEqualTo(Map.of("country", "DK")));
  }

  @Test
  void hostile_values_are_stored_as_they_are() {
    String hostile = "/'\"\\{},\t\n\r\\N=cmd()</script>\u2028é😀";
    EnrichedLog event =
        EnrichedLog.newBuilder()
            .setTimeUs(DAY.getEpochSecond() * 1_000_000)
            .setSiteId("x")
            .setUrlPath(hostile)
            .build();
    String part = store.stage(WINDOW, "a", deltas(List.of(event)));
    store.apply(window(0, 0, List.of(), part));
    assertThat(rows("content", Grain.ALL, List.of("path")))
        .singleElement()
        .satisfies(row -> assertThat(row.dimensions().get("path")).isEqualTo(hostile));
  }
}
