// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The host that the viewer asked, else the distribution's domain -> the site. */
final class SiteEnrichment implements Enrichment {
  private final Map<ByteKey, byte[]> sites = new HashMap<>();
  private final ByteKey key = new ByteKey();

  SiteEnrichment(EnrichmentSettings settings) {
    settings
        .sites()
        .forEach(
            (host, site) ->
                sites.put(
                    new ByteKey(host.getBytes(StandardCharsets.UTF_8)),
                    site.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String name() {
    return "site";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    int host =
        event.log.length(RawLog.URL_DOMAIN_FIELD_NUMBER) > 0
            ? RawLog.URL_DOMAIN_FIELD_NUMBER
            : RawLog.CDN_DOMAIN_FIELD_NUMBER;
    event.site.setLowerCase(event.log.buffer(), event.log.from(host), event.log.to(host));
    byte[] configured =
        sites.isEmpty() ? null : sites.get(key.set(event.site.bytes(), 0, event.site.length()));
    if (configured != null) {
      event.site.set(configured);
    }
    if (!event.site.isEmpty()) {
      out.text(EnrichedLog.SITE_ID_FIELD_NUMBER, event.site.bytes(), 0, event.site.length());
    }
  }
}
