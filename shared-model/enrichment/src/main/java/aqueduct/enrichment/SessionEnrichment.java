// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The session's cookie -> an id of 64 bits under the lasting key, as 16 hex digits. */
final class SessionEnrichment implements Enrichment {
  private final byte[] cookieName;
  private final Cookies cookies = new Cookies();
  private final VisitorEnrichment.DayHash lasting = new VisitorEnrichment.DayHash();

  SessionEnrichment(PrivacySettings settings) {
    cookieName = settings.sessionCookie().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return "session";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    if (cookieName.length > 0
        && cookies.find(event.log, cookieName)
        && lasting.use(day.lastingKey())) {
      lasting.hash.update('s'); // so that a cookie that is both gives two ids
      out.text(
          EnrichedLog.SESSION_ID_FIELD_NUMBER,
          HexFormat.of().toHexDigits(VisitorEnrichment.cookie(lasting.hash, event, cookies)));
    }
  }
}
