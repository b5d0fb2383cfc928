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
  private final ClientAddress address;

  /** The host that the viewer asked, in small letters and without port. */
  final ByteSlice host = new ByteSlice();

  /** The site's id, as bytes. */
  final ByteSlice site = new ByteSlice();

  /** Those query parameters that may travel, joined again. */
  final ByteSlice query = new ByteSlice();

  /** The campaign's source; empty if there is none. */
  final ByteSlice campaignSource = new ByteSlice();

  /** What is known of the agent; NONE without one. */
  AgentFacts agent = AgentFacts.MISSING;

  /** What is known of the client's network. */
  NetworkFacts network = NetworkFacts.UNKNOWN;

  boolean bot;

  /** Whether the campaign says that the click was paid for. */
  boolean paid;

  RawEvent(ClientAddress address) {
    this.address = address;
  }

  /** Throws IllegalArgumentException if it is no message. */
  void scan(byte[] message, int from, int to) {
    log.scan(message, from, to);
    address.read(log, client);
    host.clear();
    site.clear();
    query.clear();
    campaignSource.clear();
    agent = AgentFacts.MISSING;
    network = NetworkFacts.UNKNOWN;
    bot = false;
    paid = false;
  }

  /** The same event with other text in some fields. */
  void rescan(byte[] message, int from, int to) {
    log.scan(message, from, to);
  }

  /** The UTC day of the event, in days since the epoch. */
  long day() {
    return Math.floorDiv(log.number(RawLog.TIME_US_FIELD_NUMBER), DAY_MICROS);
  }
}
