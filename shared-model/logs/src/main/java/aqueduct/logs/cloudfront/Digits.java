// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import java.time.LocalDate;
import java.time.YearMonth;

/** Digits of a line -> numbers and times. Every method answers {@link #NONE} for anything else. */
final class Digits {
  static final long NONE = Long.MIN_VALUE;
  private static final int MAX_DIGITS = 18;

  private int lastDate;
  private long lastDay = NONE;

  /** A number that is not negative, of at most 18 digits. */
  static long number(byte[] buffer, int from, int to) {
    if (from == to || to - from > MAX_DIGITS) {
      return NONE;
    }
    long value = 0;
    for (int at = from; at < to; at++) {
      int digit = buffer[at] - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** {@code 12.345} seconds -> 12345; further decimals are cut off. */
  static long milliseconds(byte[] buffer, int from, int to) {
    int point = from;
    while (point < to && buffer[point] != '.') {
      point++;
    }
    long seconds = number(buffer, from, point);
    if (seconds == NONE || point - from > 10) {
      return NONE;
    }
    if (point == to) {
      return seconds * 1000;
    }
    if (number(buffer, point + 1, to) == NONE) {
      return NONE;
    }
    int decimals = Math.min(3, to - point - 1);
    long fraction = number(buffer, point + 1, point + 1 + decimals);
    return seconds * 1000 + fraction * (decimals == 1 ? 100 : decimals == 2 ? 10 : 1);
  }

  /** {@code 2019-12-04} -> days since the epoch; from 1970 to 2099. */
  long day(byte[] buffer, int from, int to) {
    if (to - from != 10 || buffer[from + 4] != '-' || buffer[from + 7] != '-') {
      return NONE;
    }
    int year = two(buffer, from) * 100 + two(buffer, from + 2);
    return day(year, two(buffer, from + 5), two(buffer, from + 8));
  }

  /** {@code 21:02:31} -> seconds of the day. */
  static long second(byte[] buffer, int from, int to) {
    if (to - from != 8 || buffer[from + 2] != ':' || buffer[from + 5] != ':') {
      return NONE;
    }
    int hour = two(buffer, from);
    int minute = two(buffer, from + 3);
    int second = two(buffer, from + 6);
    boolean legal =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return legal ? (hour * 60L + minute) * 60 + second : NONE;
  }

  /** Most lines of a file are of one day, so the last one is kept. */
  private long day(int year, int month, int day) {
    if (year < 1970 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31) {
      return NONE;
    }
    int key = (year * 100 + month) * 100 + day;
    if (key != lastDate) {
      lastDate = key;
      lastDay =
          YearMonth.of(year, month).isValidDay(day)
              ? LocalDate.of(year, month, day).toEpochDay()
              : NONE;
    }
    return lastDay;
  }

  /** Two digits, or a negative number that stays negative when it is multiplied and added to. */
  private static int two(byte[] buffer, int at) {
    int tens = buffer[at] - '0';
    int ones = buffer[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1_000_000 : tens * 10 + ones;
  }
}
