// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.metrics.CorrectedDays.Difference;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  private static final Instant MIDNIGHT = Instant.parse("2026-01-16T00:00:00Z");
  private static final Alarm ALARM = new Alarm(0.001, Duration.ofMinutes(15));

  private static Difference requests(long live, long corrected) {
    return new Difference("traffic", "requests", live, corrected);
  }

  private static List<Difference> at(Instant now, Difference... differences) {
    return ALARM.of(DAY, List.of(differences), now);
  }

  @Test
  void more_than_the_threshold_is_told_in_either_direction_and_the_threshold_itself_is_not() {
    Instant later = MIDNIGHT.plusSeconds(3600);
    assertThat(at(later, requests(1000, 1001), requests(1000, 999))).isEmpty();
    assertThat(at(later, requests(1000, 1002))).hasSize(1);
    assertThat(at(later, requests(1000, 998))).hasSize(1);
    assertThat(at(later, requests(0, 1))).hasSize(1);
  }

  @Test
  void while_files_of_the_day_may_be_on_their_way_nothing_is_told() {
    assertThat(at(MIDNIGHT.plusSeconds(899), requests(1000, 2000))).isEmpty();
    assertThat(at(MIDNIGHT.plusSeconds(900), requests(1000, 2000))).hasSize(1);
  }
}
