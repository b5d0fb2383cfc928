// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The cookies -> those that may travel, personal data in them masked. */
final class CookieEnrichment implements Enrichment {
  private final List<byte[]> allowed;
  private final PersonalData personal;
  private final Cookies cookies = new Cookies();

  CookieEnrichment(QuerySettings settings, PrivacySettings privacy) {
    allowed =
        settings.cookies().stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
    personal = new PersonalData(privacy.masks());
  }

  @Override
  public String name() {
    return "cookies";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    for (byte[] name : allowed) {
      if (cookies.find(event.log, name)) {
        byte[] text = event.log.buffer();
        if (personal.mask(text, cookies.from(), cookies.to())) {
          out.entry(EnrichedLog.COOKIES_FIELD_NUMBER, name, personal.masked());
        } else {
          out.entry(EnrichedLog.COOKIES_FIELD_NUMBER, name, text, cookies.from(), cookies.to());
        }
      }
    }
  }
}
