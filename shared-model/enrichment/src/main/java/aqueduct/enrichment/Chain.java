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
      Map.ofEntries(
          entry("site", settings -> new SiteEnrichment(settings.sites())),
          entry("agent", settings -> new AgentEnrichment()),
          entry("network", settings -> new NetworkEnrichment()),
          entry("bot", settings -> new BotEnrichment()),
          entry("kind", settings -> new KindEnrichment(settings.sites())),
          entry("content", settings -> new ContentEnrichment(settings.sites())),
          entry("visitor", settings -> new VisitorEnrichment(settings.privacy())),
          entry("session", settings -> new SessionEnrichment(settings.privacy())),
          entry("geo", settings -> new GeoEnrichment()),
          entry("address", settings -> new AddressEnrichment(settings.privacy())),
          entry(
              "campaign", settings -> new CampaignEnrichment(settings.query(), settings.privacy())),
          entry(
              "referrer", settings -> new ReferrerEnrichment(settings.sites(), settings.privacy())),
          entry("url", settings -> new UrlEnrichment()),
          entry("cookies", settings -> new CookieEnrichment(settings.query(), settings.privacy())),
          entry("function-data", settings -> new FunctionDataEnrichment()),
          entry("cache", settings -> new CacheEnrichment()));

  private static Map.Entry<String, Function<EnrichmentSettings, Enrichment>> entry(
      String name, Function<EnrichmentSettings, Enrichment> maker) {
    return Map.entry(name, maker);
  }

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
