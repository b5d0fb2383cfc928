// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.metrics.CorrectedDays.Action;
import aqueduct.metrics.CorrectedDays.DayState;
import aqueduct.metrics.CorrectedDays.DayVersion;
import aqueduct.metrics.CorrectedDays.Difference;
import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.CorrectedDays.ReplacedException;
import aqueduct.metrics.CorrectedDays.Shown;
import aqueduct.metrics.ExactMeasure;
import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link aqueduct.metrics.CorrectedDays} promises of drafts and versions. */
public abstract class CorrectedDaysContract extends CorrectedDaysFixture {
  @Test
  void a_draft_is_seen_by_nobody_until_it_is_published() {
    arrive(100);
    Draft draft = drafted("a", 300);
    assertThat(shown()).isEqualTo(100);
    assertThat(state()).isEqualTo(new DayState(DAY, 0, false, 0, 100));
    days.publish(draft, as(Shown.SHOWN));
    assertThat(shown()).isEqualTo(300);
    assertThat(requests(days.query(traffic(), 0))).isEqualTo(100);
    assertThat(requests(days.query(traffic(), 1))).isEqualTo(300);
    assertThat(state()).isEqualTo(new DayState(DAY, 1, false, 1, 0));
  }

  @Test
  void the_audit_says_who_when_why_of_what_and_the_difference() {
    arrive(100);
    DayVersion version = correct("hash-1", 300, Shown.LOCKED);
    assertThat(version.generation()).isEqualTo(1);
    assertThat(version.difference()).contains(new Difference("traffic", "requests", 100, 300));
    assertThat(days.history(DAY))
        .extracting(DayVersion::action)
        .containsExactly(Action.PUBLISHED, Action.LOCKED);
    assertThat(days.history(DAY).get(0)).isEqualTo(version);
    assertThat(version.who() + version.why() + version.inputs() + version.attempt())
        .isEqualTo("nightlylateness window overs3://lake/manifest-1hash-1");
    assertThat(Duration.between(version.at(), Instant.now()).abs()).isLessThan(Duration.ofHours(1));
  }

  @Test
  void publishing_again_changes_nothing() {
    Draft draft = drafted("a", 100);
    DayVersion first = days.publish(draft, as(Shown.LOCKED));
    assertThat(days.publish(draft, as(Shown.LOCKED))).isEqualTo(first);
    assertThat(days.history(DAY)).hasSize(2);
    assertThat(shown()).isEqualTo(100);
  }

  @Test
  void a_killed_attempt_goes_on_with_what_is_staged() {
    Draft first = drafted("a", 100);
    Draft again = days.begin(DAY, "a");
    assertThat(again).isEqualTo(first);
    days.stage(again, "0", failing()); // not even read
    days.publish(again, as(Shown.SHOWN));
    assertThat(shown()).isEqualTo(100);
  }

  private static Iterator<MetricDelta> failing() {
    return IntStream.range(0, 1).<MetricDelta>mapToObj(i -> fail()).iterator();
  }

  private static MetricDelta fail() {
    throw new IllegalStateException("read");
  }

  @Test
  void a_part_that_fails_in_the_middle_leaves_nothing() {
    Draft draft = days.begin(DAY, "a");
    Iterator<MetricDelta> good = cells(7, 100);
    Iterator<MetricDelta> bad = failing();
    Iterator<MetricDelta> torn =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public MetricDelta next() {
            return good.hasNext() ? good.next() : bad.next();
          }
        };
    assertThatThrownBy(() -> days.stage(draft, "0", torn)).hasMessageContaining("read");
    days.stage(draft, "0", cells(7, 100));
    days.publish(draft, as(Shown.SHOWN));
    assertThat(shown()).isEqualTo(100);
  }

  @Test
  void another_attempt_empties_the_draft_and_shuts_the_earlier_owner_out() {
    Draft dead = drafted("a", 100);
    Draft heir = drafted("b", 200);
    assertThatThrownBy(() -> days.stage(dead, "1", cells(8, 50)))
        .isInstanceOf(ReplacedException.class);
    assertThatThrownBy(() -> days.publish(dead, as(Shown.SHOWN)))
        .isInstanceOf(ReplacedException.class);
    days.publish(heir, as(Shown.SHOWN));
    assertThat(shown()).isEqualTo(200);
  }

  @Test
  void one_part_staged_by_many_at_once_counts_once() {
    Draft draft = days.begin(DAY, "a");
    List<CompletableFuture<Void>> tasks =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.runAsync(() -> days.stage(draft, "0", cells(7, 300))))
            .toList();
    tasks.forEach(CompletableFuture::join);
    days.publish(draft, as(Shown.SHOWN));
    assertThat(shown()).isEqualTo(300);
  }

  @Test
  void a_cell_of_another_day_is_refused() {
    Draft draft = days.begin(DAY.plusDays(1), "a");
    assertThatThrownBy(() -> days.stage(draft, "0", cells(7, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2026-11-21");
  }

  @Test
  void exact_measures_stand_beside_the_cells_of_their_generation() {
    Draft draft = drafted("a", 100);
    List<ExactMeasure> measures =
        List.of(
            new ExactMeasure(
                "sessions", Grain.HOUR, TEN, List.of("x.example", "/\t'\"\\{}"), "visits", 7.5),
            new ExactMeasure(
                "traffic",
                Grain.DAY,
                Instant.parse("2026-11-20T00:00:00Z"),
                List.of("x.example"),
                "unique_visitors",
                123456));
    days.stageExact(draft, "0", measures.iterator());
    days.stageExact(draft, "0", Collections.emptyIterator());
    days.publish(draft, as(Shown.LOCKED));
    assertThat(days.exact(DAY, 1)).containsExactlyElementsOf(measures);
    assertThat(days.exact(DAY, 0)).isEmpty();
  }

  @Test
  void a_draft_takes_over_the_cells_of_a_version_but_for_some_buckets() {
    arrive(50);
    correct("a", 100, Shown.SHOWN);
    List<MetricRow> before = fiveMinutes(1);
    Set<Instant> anew = Set.of(before.get(0).bucketStart());

    Draft draft = days.begin(DAY, "b");
    days.carry(draft, 1, anew);
    days.carry(draft, 1, Set.of());
    days.publish(draft, as(Shown.SHOWN));

    List<MetricRow> kept =
        before.stream().filter(row -> !anew.contains(row.bucketStart())).toList();
    assertThat(kept).isNotEmpty();
    assertThat(texts(fiveMinutes(2))).isEqualTo(texts(kept));
    assertThat(texts(fiveMinutes(1))).as("it stays").isEqualTo(texts(before));
  }

  @Test
  void what_was_taken_over_outlives_the_version_that_counted_it() {
    arrive(50);
    correct("a", 100, Shown.SHOWN);
    List<MetricRow> before = fiveMinutes(1);
    assertThat(before).hasSizeGreaterThan(2);
    Instant replaced = before.get(0).bucketStart();
    Instant dropped = before.get(1).bucketStart();
    Draft second = days.begin(DAY, "b");
    days.carry(second, 1, Set.of(replaced));
    days.stage(second, "0", only(replaced));
    days.publish(second, as(Shown.SHOWN));
    assertThat(texts(fiveMinutes(2))).isEqualTo(texts(before));
    assertThat(shown()).isEqualTo(100);
    assertThat(days.compare(DAY, 1, 2)).isEmpty();
    Draft third = days.begin(DAY, "c");
    days.carry(third, 2, Set.of(dropped));
    days.publish(third, as(Shown.SHOWN));

    assertThat(days.sweep(1, Duration.ofDays(1))).isEqualTo(2);
    assertThat(fiveMinutes(1)).as("swept").isEmpty();
    assertThat(fiveMinutes(2)).as("swept").isEmpty();
    List<MetricRow> kept =
        before.stream().filter(row -> !row.bucketStart().equals(dropped)).toList();
    assertThat(texts(fiveMinutes(3))).isEqualTo(texts(kept));
    assertThat(shown()).isEqualTo(requests(kept));
    assertThat(days.compare(DAY, 3, 3)).isEmpty();
    assertThat(days.compare(DAY, 1, 3)).contains(new Difference("traffic", "requests", 0, shown()));

    correct("d", 70, Shown.SHOWN);
    assertThat(days.sweep(1, Duration.ofDays(1))).isEqualTo(1);
    assertThat(shown()).isEqualTo(70);
    assertThat(fiveMinutes(3)).isEmpty();
  }

  private static Iterator<MetricDelta> only(Instant bucket) {
    List<MetricDelta> deltas = new ArrayList<>();
    cells(7, 100).forEachRemaining(deltas::add);
    return deltas.stream().filter(delta -> delta.key().bucketStart().equals(bucket)).iterator();
  }

  @Test
  void a_version_that_is_no_longer_there_is_not_taken_over() {
    arrive(50);
    correct("a", 100, Shown.SHOWN);
    correct("b", 100, Shown.SHOWN);
    days.sweep(1, Duration.ofDays(1));
    Draft draft = days.begin(DAY, "c");
    assertThatThrownBy(() -> days.carry(draft, 1, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no longer");
    days.carry(draft, 2, Set.of());
  }

  private List<MetricRow> fiveMinutes(int generation) {
    MetricQuery query =
        new MetricQuery(
            "traffic",
            TEN.minus(Duration.ofHours(10)),
            TEN.plus(Duration.ofHours(14)),
            Grain.FIVE_MINUTES,
            List.of("site"),
            Map.of());
    return days.query(query, generation);
  }

  private static List<String> texts(List<MetricRow> rows) {
    return rows.stream()
        .map(
            row ->
                List.of(
                        row.bucketStart(),
                        row.dimensions(),
                        row.measures().requests(),
                        row.measures().bytesSent(),
                        row.measures().uniqueVisitors(),
                        row.measures().durationQuantile(0.5))
                    .toString())
        .toList();
  }

  @Test
  void old_generations_are_swept_and_their_history_stays() {
    arrive(50);
    for (int i = 1; i <= 4; i++) {
      correct("attempt " + i, 100 * i, Shown.LOCKED);
    }
    days.lock(DAY, 2, "ann", "the second was right");
    Draft abandoned = drafted("e", 9);
    assertThat(days.sweep(1, Duration.ofDays(1))).isEqualTo(2); // 1 and 3
    assertThat(days.sweep(1, Duration.ofDays(1))).isZero();
    assertThat(shown()).isEqualTo(200);
    assertThat(days.query(traffic(), 1)).isEmpty();
    assertThat(requests(days.query(traffic(), 0))).isEqualTo(50);
    assertThat(requests(days.query(traffic(), 4))).isEqualTo(400);
    assertThat(days.history(DAY)).filteredOn(v -> v.action() == Action.PUBLISHED).hasSize(4);
    assertThatThrownBy(() -> days.lock(DAY, 3, "ann", "")).hasMessageContaining("no longer");
    assertThat(days.sweep(1, Duration.ofSeconds(-1))).isEqualTo(1);
    assertThatThrownBy(() -> days.publish(abandoned, as(Shown.SHOWN)))
        .isInstanceOf(ReplacedException.class);
    assertThat(days.query(traffic(), 5)).isEmpty();
  }

  @Test
  void two_generations_are_compared_counter_by_counter() {
    arrive(100);
    correct("a", 100, Shown.SHOWN);
    correct("b", 100, Shown.SHOWN);
    assertThat(days.compare(DAY, 1, 2)).isEmpty();
    assertThat(days.compare(DAY, 0, 2)).isNotEmpty();
  }
}
