// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cookies -> those that may travel. */
final class CookieEnrichment implements Enrichment {
  private final List<String> allowed;

  CookieEnrichment(EnrichmentSettings settings) {
    allowed = settings.cookies().stream().sorted().toList();
  }

  @Override
  public String name() {
    return "cookies";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    for (String name : allowed) {
      int @Nullable [] value = Cookies.find(event.log, name.getBytes(StandardCharsets.UTF_8));
      if (value != null) {
        out.entry(
            EnrichedLog.COOKIES_FIELD_NUMBER,
            name,
            new String(event.log.buffer(), value[0], value[1] - value[0], StandardCharsets.UTF_8));
      }
    }
  }
}
