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

  SiteEnrichment(SiteSettings settings) {
    settings
        .ids()
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
    int field =
        event.log.length(RawLog.URL_DOMAIN_FIELD_NUMBER) > 0
            ? RawLog.URL_DOMAIN_FIELD_NUMBER
            : RawLog.CDN_DOMAIN_FIELD_NUMBER;
    event.host.setLowerCase(event.log.buffer(), event.log.from(field), event.log.to(field));
    event.host.cut(withoutPort(event.host));
    byte[] configured =
        sites.isEmpty() ? null : sites.get(key.set(event.host.bytes(), 0, event.host.length()));
    if (configured == null) {
      event.site.append(event.host);
    } else {
      event.site.append(configured);
    }
    if (!event.site.isEmpty()) {
      out.text(EnrichedLog.SITE_ID_FIELD_NUMBER, event.site.bytes(), 0, event.site.length());
    }
  }

  /** {@code example.org:8443} -> the length of {@code example.org}. */
  private static int withoutPort(ByteSlice host) {
    int at = host.length();
    while (at > 0 && host.bytes()[at - 1] >= '0' && host.bytes()[at - 1] <= '9') {
      at--;
    }
    return at > 0 && at < host.length() && host.bytes()[at - 1] == ':' ? at - 1 : host.length();
  }
}
