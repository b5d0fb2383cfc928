// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

/**
 * A record's place in its stream: arrival time (ms, 43 bits) and a count within it (20 bits) in one
 * number that only rises. So one index serves sequence numbers and arrival times alike, exactly.
 * Written as 56 decimal digits, the width of AWS's own, so that comparing as text and as number
 * agree.
 */
final class SequenceNumber {
  private static final int COUNT_BITS = 20;
  private static final String PREFIX = "4966";
  private static final int DIGITS = 52;

  private SequenceNumber() {}

  static String text(long sequence) {
    String digits = Long.toString(sequence);
    return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
  }

  static long parse(String text) {
    if (text.length() != PREFIX.length() + DIGITS || !text.startsWith(PREFIX)) throw foreign(text);
    try {
      return Long.parseLong(text.substring(PREFIX.length()));
    } catch (NumberFormatException e) {
      throw foreign(text);
    }
  }

  /** Arrival time in milliseconds since 1970. */
  static long arrival(long sequence) {
    return sequence >>> COUNT_BITS;
  }

  /** The least number that a record arriving at this millisecond can have. */
  static long firstAt(long millis) {
    return Math.max(0, Math.min(millis, Long.MAX_VALUE >>> COUNT_BITS)) << COUNT_BITS;
  }

  private static KinesisError foreign(String text) {
    return KinesisError.invalidArgument(
        "Sequence number " + text + " did not come from this stream.");
  }
}
