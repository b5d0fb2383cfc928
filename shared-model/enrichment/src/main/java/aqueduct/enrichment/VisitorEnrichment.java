// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The visitor's cookie, else address, agent and site -> an id of 64 bits: HMAC-SHA256 under a key.
 * For a cookie the key lasts and the site is part of it; for the rest it is the UTC day's of the
 * event, so that the same input gives the same id and no id outlives its day. Where the key was
 * destroyed there is no id, and {@code none} says so.
 */
final class VisitorEnrichment implements Enrichment {
  private static final byte[] COOKIE = ascii("cookie");
  private static final byte[] DAILY = ascii("daily_hmac");
  private static final byte[] NONE = ascii("none");
  private final byte[] cookieName;
  private final Cookies cookies = new Cookies();
  private final DayHash daily = new DayHash();
  private final DayHash lasting = new DayHash();
  private final byte[] address = new byte[16];

  VisitorEnrichment(PrivacySettings settings) {
    cookieName = settings.visitorCookie().getBytes(StandardCharsets.UTF_8);
  }

  /** A hash whose key is set again only where it is another one. */
  static final class DayHash {
    final KeyedHash hash = new KeyedHash();
    private byte @Nullable [] key;

    /** Whether there is a key. */
    boolean use(byte @Nullable [] wanted) {
      if (wanted != null && wanted != key) {
        hash.key(wanted);
        key = wanted;
      }
      return wanted != null;
    }
  }

  @Override
  public String name() {
    return "visitor";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    if (cookieName.length > 0 && cookies.find(event.log, cookieName)) {
      if (lasting.use(day.lastingKey())) {
        write(out, cookie(lasting.hash, event, cookies), COOKIE);
        return;
      }
    } else if (event.client.version() != 0) {
      if (daily.use(day.dayKey())) {
        write(out, daily(event), DAILY);
        return;
      }
    } else {
      return; // nothing to know a visitor by
    }
    out.text(EnrichedLog.VISITOR_ID_KIND_FIELD_NUMBER, NONE);
  }

  static long cookie(KeyedHash hash, RawEvent event, Cookies cookies) {
    hash.update(event.site.bytes(), 0, event.site.length());
    hash.update(0);
    hash.update(event.log.buffer(), cookies.from(), cookies.to());
    return hash.bits();
  }

  private long daily(RawEvent event) {
    daily.hash.update(address, 0, bytes(event.client));
    int agent = RawLog.USER_AGENT_ORIGINAL_FIELD_NUMBER;
    daily.hash.update(event.log.buffer(), event.log.from(agent), event.log.to(agent));
    daily.hash.update(0);
    daily.hash.update(event.site.bytes(), 0, event.site.length());
    return daily.hash.bits();
  }

  /** However it was written, an address is the same bytes. */
  private int bytes(IpAddress client) {
    if (client.version() == 4) {
      for (int i = 0; i < 4; i++) {
        address[i] = (byte) (client.v4() >>> (24 - 8 * i));
      }
      return 4;
    }
    for (int i = 0; i < 16; i++) {
      address[i] = (byte) (client.groups()[i / 2] >>> (8 * (1 - i % 2)));
    }
    return 16;
  }

  private static void write(FieldWriter out, long id, byte[] kind) {
    out.fixed64(EnrichedLog.VISITOR_ID_FIELD_NUMBER, id);
    out.text(EnrichedLog.VISITOR_ID_KIND_FIELD_NUMBER, kind);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
