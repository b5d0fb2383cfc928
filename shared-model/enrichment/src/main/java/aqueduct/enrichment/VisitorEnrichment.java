// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The visitor's cookie, else address, agent and site -> an id of 64 bits: HMAC-SHA256 under a key.
 * For a cookie the key is the site's; for the rest it is the UTC day's, derived from the secret and
 * the event's own date, so that the same input gives the same id and no id outlives its day.
 */
final class VisitorEnrichment implements Enrichment {
  private static final byte[] COOKIE = ascii("cookie");
  private static final byte[] DAILY = ascii("daily_hmac");
  private final byte[] secret;
  private final byte[] cookieName;
  private final Mac ofDay;
  private final Mac ofCookie;
  private final byte[] digest = new byte[32];
  private long keyedDay = Long.MIN_VALUE;

  VisitorEnrichment(EnrichmentSettings settings) {
    secret = settings.visitorSecret().getBytes(StandardCharsets.UTF_8);
    cookieName = settings.visitorCookie().getBytes(StandardCharsets.UTF_8);
    ofDay = mac(secret);
    ofCookie = mac(derived("cookie"));
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  private byte[] derived(String purpose) {
    return mac(secret).doFinal(purpose.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String name() {
    return "visitor";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    int @Nullable [] cookie = cookieName.length == 0 ? null : Cookies.find(event.log, cookieName);
    if (cookie != null) {
      ofCookie.update(event.site.bytes(), 0, event.site.length());
      ofCookie.update((byte) 0);
      ofCookie.update(event.log.buffer(), cookie[0], cookie[1] - cookie[0]);
      write(out, ofCookie, COOKIE);
    } else if (event.log.has(RawLog.CLIENT_IP_FIELD_NUMBER)) {
      keyOf(event.day());
      update(event, RawLog.CLIENT_IP_FIELD_NUMBER);
      update(event, RawLog.USER_AGENT_ORIGINAL_FIELD_NUMBER);
      ofDay.update(event.site.bytes(), 0, event.site.length());
      write(out, ofDay, DAILY);
    }
  }

  private void keyOf(long day) {
    if (day != keyedDay) {
      try {
        ofDay.init(new SecretKeySpec(derived("day " + LocalDate.ofEpochDay(day)), "HmacSHA256"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
      keyedDay = day;
    }
  }

  private void update(RawEvent event, int field) {
    ofDay.update(event.log.buffer(), event.log.from(field), event.log.length(field));
    ofDay.update((byte) 0);
  }

  private void write(FieldWriter out, Mac mac, byte[] kind) {
    try {
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    long id = 0;
    for (int i = 0; i < 8; i++) {
      id = id << 8 | (digest[i] & 0xff);
    }
    out.fixed64(EnrichedLog.VISITOR_ID_FIELD_NUMBER, id);
    out.text(EnrichedLog.VISITOR_ID_KIND_FIELD_NUMBER, kind);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
