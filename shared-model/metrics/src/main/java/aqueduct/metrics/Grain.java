// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.time.Duration;
import java.time.Instant;

/** How wide the rows of an answer are. Days are UTC days. */
public enum Grain {
  FIVE_MINUTES("5m", Duration.ofMinutes(5)),
  HOUR("1h", Duration.ofHours(1)),
  DAY("1d", Duration.ofDays(1)),
  /** The whole range as one row. */
  ALL("all", Duration.ZERO);

  private final String text;
  private final Duration width;

  Grain(String text, Duration width) {
    this.text = text;
    this.width = width;
  }

  public String text() {
    return text;
  }

  /** How long a bucket is; zero for {@link #ALL}. */
  public Duration width() {
    return width;
  }

  /** The start of the bucket of this grain that holds the instant; the epoch for {@link #ALL}. */
  public Instant floor(Instant instant) {
    if (this == ALL) {
      return Instant.EPOCH;
    }
    long seconds = width.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
  }

  /** The grain of that text: {@code 5m}, {@code 1h}, {@code 1d} or {@code all}. */
  public static Grain parse(String text) {
    for (Grain grain : values()) {
      if (grain.text.equals(text)) {
        return grain;
      }
    }
    throw new IllegalArgumentException("grain is 5m, 1h, 1d or all, not " + text);
  }
}
