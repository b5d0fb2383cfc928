// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.time.Duration;
import java.time.Instant;

/** How wide the rows of an answer are. Days are UTC days. */
public enum Grain {
  FIVE_MINUTES("5m", Duration.ofMinutes(5)),
  HOUR("1h", Duration.ofHours(1)),
  DAY("1d", Duration.ofDays(1));

  private final String text;
  private final Duration width;

  Grain(String text, Duration width) {
    this.text = text;
    this.width = width;
  }

  public String text() {
    return text;
  }

  /** The start of the bucket of this grain that holds the instant. */
  public Instant floor(Instant instant) {
    long seconds = width.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
  }

  /** The grain of that text: {@code 5m}, {@code 1h} or {@code 1d}. */
  public static Grain parse(String text) {
    for (Grain grain : values()) {
      if (grain.text.equals(text)) {
        return grain;
      }
    }
    throw new IllegalArgumentException("grain is 5m, 1h or 1d, not " + text);
  }
}
