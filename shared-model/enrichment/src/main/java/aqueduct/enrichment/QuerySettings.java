// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of the query and the cookies is used. Everything else stays in the raw backup.
 *
 * @param allowed query parameters whose values may travel
 * @param cookies cookies whose values may travel
 * @param campaign part of a campaign (medium, source, name, term, content) -> the parameters that
 *     may hold it, the first that is there counts
 * @param clickIds parameter with a click id -> advertising network
 */
public record QuerySettings(
    Set<String> allowed,
    Set<String> cookies,
    Map<String, List<String>> campaign,
    Map<String, String> clickIds) {

  /** The parts of a campaign. */
  public static final List<String> PARTS = List.of("medium", "source", "name", "term", "content");

  public QuerySettings {
    allowed = Ordered.set(allowed);
    cookies = Ordered.set(cookies);
    campaign = Ordered.map(campaign);
    clickIds = Ordered.map(clickIds);
    for (String part : campaign.keySet()) {
      if (!PARTS.contains(part)) {
        throw new IllegalArgumentException(
            "enrichment campaign has " + part + ": there are " + String.join(", ", PARTS));
      }
    }
  }

  /** The {@code utm_} parameters, which may travel, and the click ids of the large networks. */
  public static QuerySettings defaults() {
    return new QuerySettings(
        Set.of("utm_medium", "utm_source", "utm_campaign", "utm_term", "utm_content"),
        Set.of(),
        campaignDefaults(),
        clickIdDefaults());
  }

  public static Map<String, List<String>> campaignDefaults() {
    return Map.of(
        "medium", List.of("utm_medium"),
        "source", List.of("utm_source"),
        "name", List.of("utm_campaign"),
        "term", List.of("utm_term"),
        "content", List.of("utm_content"));
  }

  /** Parameters by which networks mark their clicks, from the networks' own documentation. */
  public static Map<String, String> clickIdDefaults() {
    return Map.ofEntries(
        Map.entry("gclid", "Google"),
        Map.entry("gbraid", "Google"),
        Map.entry("wbraid", "Google"),
        Map.entry("dclid", "DoubleClick"),
        Map.entry("msclkid", "Microsoft"),
        Map.entry("fbclid", "Meta"),
        Map.entry("igshid", "Meta"),
        Map.entry("ttclid", "TikTok"),
        Map.entry("twclid", "X"),
        Map.entry("li_fat_id", "LinkedIn"),
        Map.entry("epik", "Pinterest"),
        Map.entry("rdt_cid", "Reddit"),
        Map.entry("ScCid", "Snapchat"),
        Map.entry("yclid", "Yandex"),
        Map.entry("qclid", "Quora"));
  }
}
