// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.metrics.CorrectedDays.DayState;
import aqueduct.metrics.CorrectedDays.DayVersion;
import aqueduct.metrics.CorrectedDays.Difference;
import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.CorrectedDays.LiveAddition;
import aqueduct.metrics.CorrectedDays.Shown;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link aqueduct.metrics.CorrectedDays} promises of locked days and of what comes late,
 * together with the metric store of the live path.
 */
public abstract class LockedDaysContract extends CorrectedDaysFixture {
  @Test
  void after_the_lock_late_events_wait_beside_the_number_until_the_next_version() {
    arrive(100);
    correct("a", 100, Shown.LOCKED);
    arrive(40);
    assertThat(shown()).isEqualTo(100);
    assertThat(state()).isEqualTo(new DayState(DAY, 1, true, 1, 40));
    assertThat(days.uncovered(DAY)).extracting(LiveAddition::events).containsExactly(40L);
    assertThat(days.uncovered(DAY)).extracting(LiveAddition::shown).containsExactly(1);
    assertThat(requests(days.query(traffic(), 0))).isEqualTo(140);
    DayVersion second = correct("b", 140, Shown.LOCKED);
    assertThat(second.generation()).isEqualTo(2);
    assertThat(second.difference()).contains(new Difference("traffic", "requests", 100, 140));
    assertThat(shown()).isEqualTo(140);
    assertThat(state()).isEqualTo(new DayState(DAY, 2, true, 2, 0));
  }

  @Test
  void what_comes_while_a_draft_is_made_waits_for_the_next_version() {
    arrive(100);
    Draft draft = drafted("a", 100);
    arrive(5);
    days.publish(draft, as(Shown.LOCKED));
    assertThat(state().uncoveredEvents()).isEqualTo(5);
  }

  @Test
  void a_version_kept_beside_lets_late_events_add_to_an_open_day() {
    arrive(100);
    assertThat(correct("a", 100, Shown.BESIDE).difference())
        .contains(new Difference("traffic", "page_views", pageViews(0), pageViews(1)));
    arrive(40);
    assertThat(shown()).isEqualTo(140);
    assertThat(state()).isEqualTo(new DayState(DAY, 0, false, 1, 40));
  }

  private long pageViews(int generation) {
    return days.query(traffic(), generation).get(0).measures().pageViews();
  }

  @Test
  void windows_and_publications_at_once_lose_nothing() {
    arrive(10);
    CompletableFuture<Void> stream =
        CompletableFuture.runAsync(() -> IntStream.range(0, 12).forEach(i -> arrive(10)));
    for (int i = 0; i < 6; i++) {
      correct("attempt " + i, 10, Shown.LOCKED);
    }
    stream.join();
    assertThat(shown()).isEqualTo(10);
    assertThat(requests(days.query(traffic(), 0))).isEqualTo(130);
    correct("last", 130, Shown.LOCKED);
    assertThat(state()).isEqualTo(new DayState(DAY, 7, true, 7, 0));
    assertThat(shown()).isEqualTo(130);
  }

  @Test
  void a_day_is_unlocked_with_a_reason_and_goes_on_showing_what_it_showed() {
    arrive(100);
    correct("a", 200, Shown.LOCKED);
    days.unlock(DAY, "ann", "wrong bot list");
    days.unlock(DAY, "ann", "twice"); // changes nothing
    assertThat(state()).isEqualTo(new DayState(DAY, 1, false, 1, 0));
    assertThat(shown()).isEqualTo(200);
    assertThat(days.history(DAY)).last().extracting(DayVersion::why).isEqualTo("wrong bot list");
    days.lock(DAY, 1, "ann", "checked");
    days.lock(DAY, 1, "ann", "twice");
    assertThat(state().locked()).isTrue();
    assertThat(days.history(DAY)).hasSize(4);
  }

  @Test
  void an_earlier_version_can_be_shown_again() {
    correct("a", 100, Shown.LOCKED);
    correct("b", 200, Shown.LOCKED);
    days.lock(DAY, 1, "ann", "b was wrong");
    assertThat(shown()).isEqualTo(100);
    assertThat(days.history(DAY).get(days.history(DAY).size() - 1).difference())
        .contains(new Difference("traffic", "requests", 200, 100));
    assertThat(correct("c", 300, Shown.SHOWN).generation()).isEqualTo(3);
    assertThat(state()).isEqualTo(new DayState(DAY, 3, true, 3, 0));
  }

  @Test
  void what_cannot_be_locked_is_refused_with_the_reason() {
    assertThatThrownBy(() -> days.lock(DAY, 1, "ann", "")).hasMessageContaining("no metrics");
    arrive(1);
    assertThatThrownBy(() -> days.lock(DAY, 0, "ann", "")).hasMessageContaining("live");
    assertThatThrownBy(() -> days.lock(DAY, 1, "ann", "")).hasMessageContaining("no generation 1");
  }
}
