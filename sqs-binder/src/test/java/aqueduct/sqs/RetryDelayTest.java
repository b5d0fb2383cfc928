// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {

  @ParameterizedTest
  @CsvSource({"0, 10", "1, 10", "2, 30", "3, 90", "4, 270", "5, 600", "1000000, 600"})
  void grows_by_the_multiplier_up_to_the_longest(int receives, int seconds) {
    RetryDelay delay = new RetryDelay(Duration.ofSeconds(10), 3, Duration.ofMinutes(10));
    assertThat(delay.seconds(receives)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "999, 1", "1001, 2"})
  void counts_whole_seconds_rounded_up(long millis, int seconds) {
    RetryDelay delay = new RetryDelay(Duration.ofMillis(millis), 1, Duration.ofHours(12));
    assertThat(delay.seconds(1)).isEqualTo(seconds);
  }
}
