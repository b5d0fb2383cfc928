// SPDX-License-Identifier: Apache-2.0
package aqueduct.scaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardCountTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(1));
  private final ShardCount count = new ShardCount(ScalerSettings.defaults(1, 16));

  /** Megabytes a second, one an hour, the last one now. */
  private static List<Load> hours(double... megabytes) {
    return IntStream.range(0, megabytes.length)
        .mapToObj(
            i ->
                new Load(
                    NOW.minus(Duration.ofHours(megabytes.length - 1L - i)), megabytes[i] * 1e6, 10))
        .toList();
  }

  @Test
  void more_load_than_four_fifths_of_the_shards_take_gets_more_of_them() {
    assertThat(count.decide(2, LONG_AGO, hours(1.5), NOW)).isEmpty();
    assertThat(count.decide(2, LONG_AGO, hours(1.7), NOW)).hasValue(3);
  }

  @Test
  void at_most_twice_as_many_at_once_and_never_more_than_the_most() {
    assertThat(count.decide(2, LONG_AGO, hours(9), NOW)).hasValue(4);
    assertThat(count.decide(12, LONG_AGO, hours(90), NOW)).hasValue(16);
  }

  @Test
  void many_small_records_need_shards_too() {
    assertThat(count.decide(2, LONG_AGO, List.of(new Load(NOW, 1000, 2500)), NOW)).hasValue(4);
  }

  @Test
  void fewer_only_when_fewer_were_enough_for_the_whole_pause() {
    assertThat(count.decide(8, LONG_AGO, hours(6, 1, 1, 1), NOW)).isEmpty();
    assertThat(count.decide(8, LONG_AGO, hours(1, 1, 1), NOW)).as("known too short").isEmpty();
    assertThat(count.decide(8, LONG_AGO, hours(1, 1, 1, 1), NOW)).hasValue(4);
    assertThat(count.decide(8, LONG_AGO, hours(5, 5, 5, 5), NOW)).hasValue(7);
  }

  @Test
  void nothing_changes_within_the_pause_after_a_change() {
    assertThat(count.decide(2, NOW.minusSeconds(200), hours(5), NOW)).isEmpty();
    assertThat(count.decide(8, NOW.minus(Duration.ofHours(2)), hours(1, 1, 1, 1), NOW)).isEmpty();
  }

  @Test
  void without_a_load_nothing_is_known_and_nothing_done() {
    assertThat(count.decide(8, LONG_AGO, List.of(), NOW)).isEmpty();
  }

  @Test
  void settings_that_cannot_be_are_refused() {
    assertThatThrownBy(() -> ScalerSettings.defaults(4, 2)).hasMessageContaining("from 4 to 2");
  }
}
