// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.logs.ChunkId;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.FencedException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MetricStore} promises: of windows, which count once, here, and of its answers.
 */
public abstract class MetricStoreContract extends MetricAnswersContract {
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
}
