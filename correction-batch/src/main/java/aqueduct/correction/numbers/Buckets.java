// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.correction.lake.DayRows;
import aqueduct.metrics.Grain;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;

/** Which 5-minute buckets of a day are counted: all, or some. */
public final class Buckets implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Duration WIDTH = Grain.FIVE_MINUTES.width();
  private static final long WIDTH_MICROS = WIDTH.toNanos() / 1000;
  private static final int OF_A_DAY = (int) Duration.ofDays(1).dividedBy(WIDTH);
  private final Instant start;
  private final long startMicros;
  private final BitSet counted;

  private Buckets(LocalDate day, BitSet counted) {
    this.start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    this.startMicros = start.getEpochSecond() * 1_000_000;
    this.counted = counted;
  }

  public static Buckets all(LocalDate day) {
    BitSet all = new BitSet();
    all.set(0, OF_A_DAY);
    return new Buckets(day, all);
  }

  static Buckets none(LocalDate day) {
    return new Buckets(day, new BitSet());
  }

  /** Adds the bucket of that time, if it is of the day. */
  void add(long micros) {
    long bucket = bucket(micros);
    if (bucket >= 0 && bucket < OF_A_DAY) {
      counted.set((int) bucket);
    }
  }

  void add(Buckets others) {
    counted.or(others.counted);
  }

  boolean has(long micros) {
    long bucket = bucket(micros);
    return bucket >= 0 && bucket < OF_A_DAY && counted.get((int) bucket);
  }

  private long bucket(long micros) {
    return Math.floorDiv(micros - startMicros, WIDTH_MICROS);
  }

  /** Whether the file may have rows in one of them. */
  boolean mayBeIn(DataFile file) {
    DayRows.Times times = DayRows.times(file);
    long first = Math.max(0, bucket(times.first()));
    int next = first >= OF_A_DAY ? -1 : counted.nextSetBit((int) first);
    return next >= 0 && next <= bucket(times.last());
  }

  /** Where the first begins; the day's start if there is none. */
  Instant from() {
    return start.plus(WIDTH.multipliedBy(Math.max(0, counted.nextSetBit(0))));
  }

  /** Where the last ends. */
  Instant to() {
    return start.plus(WIDTH.multipliedBy(counted.length()));
  }

  /** Where each begins. */
  public Set<Instant> starts() {
    return counted.stream()
        .mapToObj(bucket -> start.plus(WIDTH.multipliedBy(bucket)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
