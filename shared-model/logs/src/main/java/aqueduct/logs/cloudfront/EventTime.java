// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

/** The cells of a line -> when its request ended. The finest clock that the line has counts. */
final class EventTime {
  private static final int SECOND_US = 1_000_000;
  private static final int DAY_S = 86_400;
  private static final int MILLISECOND_US = 1_000;

  /** 2100-01-01. */
  private static final long END_MS = 4_102_444_800_000L;

  private final Digits digits = new Digits();
  private int resolutionUs = SECOND_US;

  /** Microseconds since the epoch, of 1970 to 2099, or {@link Digits#NONE}. */
  long micros(Cells line) {
    int epochMs = line.epochMs();
    if (line.has(epochMs)) {
      return fine(Digits.number(line.buffer(epochMs), line.from(epochMs), line.to(epochMs)));
    }
    int epoch = line.epochSeconds();
    if (line.has(epoch)) {
      return fine(Digits.milliseconds(line.buffer(epoch), line.from(epoch), line.to(epoch)));
    }
    int date = line.date();
    int time = line.time();
    if (date < 0 || time < 0) {
      return Digits.NONE;
    }
    resolutionUs = SECOND_US;
    long day = digits.day(line.buffer(date), line.from(date), line.to(date));
    long second = Digits.second(line.buffer(time), line.from(time), line.to(time));
    return day == Digits.NONE || second == Digits.NONE
        ? Digits.NONE
        : (day * DAY_S + second) * SECOND_US;
  }

  private long fine(long ms) {
    resolutionUs = MILLISECOND_US;
    return ms < 0 || ms >= END_MS ? Digits.NONE : ms * MILLISECOND_US;
  }

  /** How fine the clock of the last time is. */
  int resolutionUs() {
    return resolutionUs;
  }
}
