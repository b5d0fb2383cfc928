// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.FieldScan;
import aqueduct.wire.RawLog;

/**
 * One RawLog's fields, and what the enrichments so far have found out. Reused from event to event.
 */
final class RawEvent {
  private static final long DAY_MICROS = 86_400_000_000L;
  final FieldScan log = new FieldScan();
  final IpAddress client = new IpAddress();

  /** The site's id, as bytes. */
  final ByteSlice site = new ByteSlice();

  boolean bot;

  void scan(byte[] message, int from, int to) {
    log.scan(message, from, to);
    client.parse(
        log.buffer(),
        log.from(RawLog.CLIENT_IP_FIELD_NUMBER),
        log.to(RawLog.CLIENT_IP_FIELD_NUMBER));
    site.clear();
    bot = false;
  }

  /** The UTC day of the event, in days since the epoch. */
  long day() {
    return Math.floorDiv(log.number(RawLog.TIME_US_FIELD_NUMBER), DAY_MICROS);
  }
}
