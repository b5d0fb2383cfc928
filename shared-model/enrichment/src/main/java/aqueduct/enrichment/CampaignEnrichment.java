// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * The query -> campaign fields from its {@code utm_} parameters, and those parameters that may
 * travel.
 */
final class CampaignEnrichment implements Enrichment {
  private static final int LONGEST_VALUE = 512;
  private static final Map<String, Integer> CAMPAIGN =
      Map.of(
          "utm_medium", EnrichedLog.CAMPAIGN_MEDIUM_FIELD_NUMBER,
          "utm_source", EnrichedLog.CAMPAIGN_SOURCE_FIELD_NUMBER,
          "utm_campaign", EnrichedLog.CAMPAIGN_NAME_FIELD_NUMBER,
          "utm_term", EnrichedLog.CAMPAIGN_TERM_FIELD_NUMBER,
          "utm_content", EnrichedLog.CAMPAIGN_CONTENT_FIELD_NUMBER);
  private final Set<String> allowed;

  CampaignEnrichment(EnrichmentSettings settings) {
    allowed = settings.queryParameters();
  }

  @Override
  public String name() {
    return "campaign";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    int field = RawLog.QUERY_FIELD_NUMBER;
    if (event.log.length(field) == 0 || allowed.isEmpty()) {
      return;
    }
    String query =
        new String(
            event.log.buffer(),
            event.log.from(field),
            event.log.length(field),
            StandardCharsets.UTF_8);
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals);
      if (allowed.contains(name) && equals + 1 < pair.length()) {
        String value = decoded(pair.substring(equals + 1));
        Integer campaign = CAMPAIGN.get(name);
        if (campaign != null) {
          out.text(campaign, value);
        }
        out.entry(EnrichedLog.QUERY_PARAMS_FIELD_NUMBER, name, value);
      }
    }
  }

  /**
   * Query values, and they alone, are form-encoded; the log has encoded their percent signs once
   * more. What is malformed stays as it is.
   */
  private static String decoded(String value) {
    String sent = value.replace("%25", "%");
    String text;
    try {
      text = URLDecoder.decode(sent, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      text = sent;
    }
    return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) : text;
  }
}
