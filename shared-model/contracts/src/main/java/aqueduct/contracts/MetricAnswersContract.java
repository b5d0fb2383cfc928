// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.ChunkId;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.wire.EnrichedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link MetricStore} promises of its answers. */
abstract class MetricAnswersContract extends MetricStoreFixture {
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
