// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import aqueduct.logs.FieldScan;
import aqueduct.wire.EnrichedLog;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** What every report asks of one event, read once. Reused from event to event. */
final class EventFacts {
  private static final byte[] PAGE_VIEW = ascii("page_view");
  private static final byte[] HIT = ascii("Hit");
  private static final byte[] REFRESH_HIT = ascii("RefreshHit");
  private static final byte[] MISS = ascii("Miss");
  private static final long BUCKET_MICROS = 300_000_000L;

  /** Start of the 5-minute bucket of event time, in seconds since the epoch. */
  long bucket;

  boolean pageView;
  boolean bot;
  boolean cacheHit;
  boolean cacheable;

  /** A visitor id that counts: not a bot's. */
  boolean person;

  long visitor;
  long bytesSent;

  /** 2 for 200 to 299 and so on; 0 for none, the logged 000 and all that is no status. */
  int statusClass;

  /** Time taken, -1 if the log does not say. */
  double seconds;

  /** The numbers of the fields that {@link #read} reads. */
  static IntStream fields() {
    return IntStream.of(
        EnrichedLog.TIME_US_FIELD_NUMBER,
        EnrichedLog.EVENT_KIND_FIELD_NUMBER,
        EnrichedLog.BOT_IS_BOT_FIELD_NUMBER,
        EnrichedLog.CDN_RESULT_TYPE_FIELD_NUMBER,
        EnrichedLog.VISITOR_ID_FIELD_NUMBER,
        EnrichedLog.HTTP_RESPONSE_SIZE_FIELD_NUMBER,
        EnrichedLog.HTTP_RESPONSE_STATUS_CODE_FIELD_NUMBER,
        EnrichedLog.TIME_TAKEN_MS_FIELD_NUMBER);
  }

  void read(FieldScan event) {
    bucket = Math.floorDiv(event.number(EnrichedLog.TIME_US_FIELD_NUMBER), BUCKET_MICROS) * 300;
    pageView = event.equals(EnrichedLog.EVENT_KIND_FIELD_NUMBER, PAGE_VIEW);
    bot = event.number(EnrichedLog.BOT_IS_BOT_FIELD_NUMBER) != 0;
    boolean hit =
        event.equals(EnrichedLog.CDN_RESULT_TYPE_FIELD_NUMBER, HIT)
            || event.equals(EnrichedLog.CDN_RESULT_TYPE_FIELD_NUMBER, REFRESH_HIT);
    cacheHit = hit;
    cacheable = hit || event.equals(EnrichedLog.CDN_RESULT_TYPE_FIELD_NUMBER, MISS);
    person = !bot && event.has(EnrichedLog.VISITOR_ID_FIELD_NUMBER);
    visitor = event.number(EnrichedLog.VISITOR_ID_FIELD_NUMBER);
    bytesSent = event.number(EnrichedLog.HTTP_RESPONSE_SIZE_FIELD_NUMBER);
    long hundreds = event.number(EnrichedLog.HTTP_RESPONSE_STATUS_CODE_FIELD_NUMBER) / 100;
    statusClass = hundreds >= 2 && hundreds <= 5 ? (int) hundreds : 0;
    seconds =
        event.has(EnrichedLog.TIME_TAKEN_MS_FIELD_NUMBER)
            ? event.number(EnrichedLog.TIME_TAKEN_MS_FIELD_NUMBER) / 1000.0
            : -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
