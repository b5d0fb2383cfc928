// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.List;
import java.util.Map;

/**
 * What decides a result beside the event and the datasets. All of it goes into {@code
 * pipeline.config_hash}, except the size of the cache, which decides nothing.
 *
 * @param chain names of the enrichments, in order
 * @param sites the sites and what is particular to them
 * @param query what of query and cookies is used
 * @param privacy what is known of people, and what of it is kept
 * @param rules name -> what is done to events before the chain
 * @param agentCache agents that are kept in memory
 */
public record EnrichmentSettings(
    List<String> chain,
    SiteSettings sites,
    QuerySettings query,
    PrivacySettings privacy,
    Map<String, Rule> rules,
    int agentCache) {

  /** The enrichments of Aqueduct, in the order in which they need each other. */
  public static final List<String> CHAIN =
      List.of(
          "site",
          "agent",
          "network",
          "bot",
          "kind",
          "content",
          "visitor",
          "session",
          "geo",
          "address",
          "campaign",
          "referrer",
          "url",
          "cookies",
          "function-data",
          "cache");

  public EnrichmentSettings {
    chain = List.copyOf(chain);
    rules = Ordered.map(rules);
    PrivacySettings.require(
        agentCache >= 1 && agentCache <= 10_000_000, "agent-cache", agentCache, "1 to 10000000");
  }

  /**
   * Everything on; campaign parameters may travel and nothing else of queries and cookies;
   * addresses are cut to /24 and /48; no event is filtered.
   */
  public static EnrichmentSettings defaults() {
    return new EnrichmentSettings(
        CHAIN,
        SiteSettings.none(),
        QuerySettings.defaults(),
        PrivacySettings.defaults(),
        Map.of(),
        200_000);
  }

  public EnrichmentSettings withChain(List<String> changed) {
    return new EnrichmentSettings(changed, sites, query, privacy, rules, agentCache);
  }

  public EnrichmentSettings withSites(SiteSettings changed) {
    return new EnrichmentSettings(chain, changed, query, privacy, rules, agentCache);
  }

  public EnrichmentSettings withQuery(QuerySettings changed) {
    return new EnrichmentSettings(chain, sites, changed, privacy, rules, agentCache);
  }

  public EnrichmentSettings withPrivacy(PrivacySettings changed) {
    return new EnrichmentSettings(chain, sites, query, changed, rules, agentCache);
  }

  public EnrichmentSettings withRules(Map<String, Rule> changed) {
    return new EnrichmentSettings(chain, sites, query, privacy, changed, agentCache);
  }

  /** The settings in one line, the same for equal settings. */
  String fingerprintText() {
    return List.of(chain, sites, query, privacy, rules).toString();
  }
}
