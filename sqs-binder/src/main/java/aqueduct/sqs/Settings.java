// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks the settings of one binding; what is wrong is named with its whole property. */
record Settings(String binding, String side) {

  void between(String property, @Nullable Duration value, Duration least, Duration most) {
    if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
      throw wrong(property, value, "must be " + text(least) + " to " + text(most));
    }
  }

  void between(String property, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw wrong(property, value, "must be " + least + " to " + most);
    }
  }

  IllegalArgumentException wrong(String property, Object value, String rule) {
    String shown = value instanceof Duration duration ? text(duration) : value.toString();
    return new IllegalArgumentException(
        "spring.cloud.stream.sqs.bindings.%s.%s.%s = %s: %s"
            .formatted(binding, side, property, shown, rule));
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
