// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.enrichment;

import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.enrichment.PrivacySettings;
import aqueduct.enrichment.PrivacySettings.Mask;
import aqueduct.enrichment.QuerySettings;
import aqueduct.enrichment.Rule;
import aqueduct.enrichment.SiteSettings;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the enrichment of events, the same wherever events are enriched: what is enriched
 * again must come to the same bytes.
 *
 * @param datasets folder of datasets over the bundled ones, a directory or {@code
 *     s3://bucket/prefix}; empty: the bundled ones alone
 * @param sites host name -> site id; other hosts are their own site
 * @param ownDomains domains whose referrers are internal, beside the site's own
 * @param pageViews site id -> what a page view is there
 * @param contentGroups name of a group -> patterns of its paths, such as {@code /news/*} or {@code
 *     example.org/news/*}
 * @param visitorCookie the cookie that holds a visitor's id
 * @param sessionCookie the cookie that holds a session's id
 * @param visitorSecret key of the visitor ids, if they are not stored; keep it secret
 * @param visitorKeys folder of the visitor ids' keys, one per day, a directory or {@code
 *     s3://bucket/prefix}; empty: made from the secret
 * @param cookies cookies whose values may travel
 * @param queryParameters query parameters whose values may travel
 * @param campaign part of a campaign (medium, source, name, term, content) -> its parameters
 * @param clickIds parameter with a click id -> advertising network
 * @param trustedProxies ranges of addresses whose x-forwarded-for is believed
 * @param addressBitsV4 bits of an IPv4 address that are kept
 * @param addressBitsV6 bits of an IPv6 address that are kept
 * @param mask what is masked wherever text of a request travels
 * @param droppedColumns columns of a log without a field of their own that must not travel
 * @param maskRawLogs whether events are masked before they are first packed, so that nothing beyond
 *     the raw backup holds more of a viewer than enriched events may
 * @param rules name -> what is done to events before they are enriched
 * @param agentCache agents that are kept in memory
 */
@ConfigurationProperties("aqueduct.enrichment")
public record EnrichmentProperties(
    @DefaultValue("") String datasets,
    @DefaultValue Map<String, String> sites,
    @DefaultValue Set<String> ownDomains,
    @DefaultValue Map<String, PageViewProperties> pageViews,
    @DefaultValue Map<String, List<String>> contentGroups,
    @DefaultValue("") String visitorCookie,
    @DefaultValue("") String sessionCookie,
    @DefaultValue("") String visitorSecret,
    @DefaultValue("") String visitorKeys,
    @DefaultValue Set<String> cookies,
    @DefaultValue({"utm_medium", "utm_source", "utm_campaign", "utm_term", "utm_content"})
        Set<String> queryParameters,
    @DefaultValue Map<String, List<String>> campaign,
    @DefaultValue Map<String, String> clickIds,
    @DefaultValue Set<String> trustedProxies,
    @DefaultValue("24") int addressBitsV4,
    @DefaultValue("48") int addressBitsV6,
    @DefaultValue({"emails", "tokens"}) Set<Mask> mask,
    @DefaultValue({"cs-headers", "cs-header-names"}) Set<String> droppedColumns,
    @DefaultValue("false") boolean maskRawLogs,
    @DefaultValue Map<String, RuleProperties> rules,
    @DefaultValue("200000") int agentCache)
    implements Serializable {

  /**
   * What a page view is on a site.
   *
   * @param paths patterns of the path, of which one must fit
   * @param query patterns of the query, of which one must fit
   * @param extensions of the file, without dot
   * @param methods of the request; GET if empty
   * @param statuses of the response; 200 and 304 if empty
   */
  public record PageViewProperties(
      @DefaultValue List<String> paths,
      @DefaultValue List<String> query,
      @DefaultValue Set<String> extensions,
      @DefaultValue Set<String> methods,
      @DefaultValue Set<Integer> statuses)
      implements Serializable {
    SiteSettings.PageView view() {
      return new SiteSettings.PageView(paths, query, extensions, methods, statuses);
    }
  }

  /** The defaults. */
  public static EnrichmentProperties defaults() {
    return new Binder().bindOrCreate("aqueduct.enrichment", EnrichmentProperties.class);
  }

  /** The chain's settings. Throws IllegalArgumentException that names what is wrong. */
  public EnrichmentSettings settings() {
    return new EnrichmentSettings(
        EnrichmentSettings.CHAIN,
        new SiteSettings(sites, ownDomains, views(), contentGroups),
        new QuerySettings(
            queryParameters,
            cookies,
            over(QuerySettings.campaignDefaults(), campaign),
            over(QuerySettings.clickIdDefaults(), clickIds)),
        new PrivacySettings(
            visitorCookie,
            sessionCookie,
            addressBitsV4,
            addressBitsV6,
            mask,
            trustedProxies,
            droppedColumns,
            maskRawLogs),
        named(),
        agentCache);
  }

  private Map<String, SiteSettings.PageView> views() {
    return pageViews.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().view()));
  }

  private static <T> Map<String, T> over(Map<String, T> defaults, Map<String, T> given) {
    Map<String, T> all = new HashMap<>(defaults);
    all.putAll(given);
    return all;
  }

  private Map<String, Rule> named() {
    Map<String, Rule> named = new HashMap<>();
    rules.forEach((name, rule) -> named.put(name, rule.rule(name)));
    return named;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "aqueduct.enrichment with datasets in " + (datasets.isEmpty() ? "the jars" : datasets);
  }
}
