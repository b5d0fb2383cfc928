// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Names of enrichments -> the enrichments, made for one enricher. A new one is a class and a line
 * here.
 */
final class Chain {
  private static final Map<String, Function<EnrichmentSettings, Enrichment>> KNOWN =
      Map.of(
          "site", SiteEnrichment::new,
          "agent", settings -> new AgentEnrichment(),
          "kind", settings -> new KindEnrichment(),
          "visitor", VisitorEnrichment::new,
          "geo", settings -> new GeoEnrichment(),
          "address", AddressEnrichment::new,
          "referrer", ReferrerEnrichment::new,
          "campaign", CampaignEnrichment::new,
          "cookies", CookieEnrichment::new,
          "cache", settings -> new CacheEnrichment());

  private Chain() {}

  static List<Enrichment> of(EnrichmentSettings settings) {
    return settings.chain().stream().map(name -> make(name, settings)).toList();
  }

  private static Enrichment make(String name, EnrichmentSettings settings) {
    Function<EnrichmentSettings, Enrichment> maker = KNOWN.get(name);
    if (maker == null) {
      throw new IllegalArgumentException(
          "enrichment chain has "
              + name
              + ": there are "
              + String.join(", ", EnrichmentSettings.CHAIN));
    }
    return maker.apply(settings);
  }
}
