// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What decides a result beside the event and the datasets. All of it goes into {@code
 * pipeline.config_hash}, except the secret.
 *
 * @param chain names of the enrichments, in order
 * @param sites host name, in small letters -> site id; other hosts are their own site
 * @param ownDomains domains whose referrers are internal, beside the site's own
 * @param visitorCookie the cookie that holds a visitor's id; empty: none
 * @param cookies cookies whose values may travel
 * @param queryParameters query parameters whose values may travel
 * @param visitorSecret the key from which each day's key of visitor ids is derived; whoever has it
 *     can recompute ids from addresses
 * @param bitsV4 bits of an IPv4 address that are kept
 * @param bitsV6 bits of an IPv6 address that are kept
 * @param agentCache agents that are kept in memory
 */
public record EnrichmentSettings(
    List<String> chain,
    Map<String, String> sites,
    Set<String> ownDomains,
    String visitorCookie,
    Set<String> cookies,
    Set<String> queryParameters,
    String visitorSecret,
    int bitsV4,
    int bitsV6,
    int agentCache) {

  /** The enrichments of Aqueduct, in the order in which they need each other. */
  public static final List<String> CHAIN =
      List.of(
          "site",
          "agent",
          "kind",
          "visitor",
          "geo",
          "address",
          "referrer",
          "campaign",
          "cookies",
          "cache");

  public EnrichmentSettings {
    chain = List.copyOf(chain);
    sites = Map.copyOf(sites);
    ownDomains = Set.copyOf(ownDomains);
    cookies = Set.copyOf(cookies);
    queryParameters = Set.copyOf(queryParameters);
    require(bitsV4 >= 0 && bitsV4 <= 32, "address-bits-v4", bitsV4, "0 to 32");
    require(bitsV6 >= 0 && bitsV6 <= 128, "address-bits-v6", bitsV6, "0 to 128");
    require(
        agentCache >= 1 && agentCache <= 10_000_000, "agent-cache", agentCache, "1 to 10000000");
  }

  private static void require(boolean ok, String name, int value, String range) {
    if (!ok) {
      throw new IllegalArgumentException(
          "enrichment " + name + " is " + value + ": must be " + range);
    }
  }

  /**
   * Everything on; campaign parameters may travel and nothing else of queries and cookies;
   * addresses are cut to /24 and /48.
   */
  public static EnrichmentSettings defaults() {
    return new EnrichmentSettings(
        CHAIN,
        Map.of(),
        Set.of(),
        "",
        Set.of(),
        Set.of("utm_medium", "utm_source", "utm_campaign", "utm_term", "utm_content"),
        "not secret: set aqueduct.enrich.visitor-secret",
        24,
        48,
        200_000);
  }

  /** The settings in one line, the same for equal settings, without the secret. */
  String fingerprintText() {
    return String.join("|", chain)
        + new TreeMap<>(sites)
        + new TreeSet<>(ownDomains)
        + visitorCookie
        + new TreeSet<>(cookies)
        + new TreeSet<>(queryParameters)
        + bitsV4
        + "/"
        + bitsV6;
  }
}
