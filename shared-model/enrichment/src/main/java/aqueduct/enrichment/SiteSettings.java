// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sites and what is particular to them.
 *
 * @param ids host name, in small letters -> site id; other hosts are their own site
 * @param ownDomains domains whose referrers are internal, beside the site's own
 * @param pageViews site id -> what a page view is there
 * @param contentGroups name of a group -> patterns of its paths: {@code /news/*} of any site,
 *     {@code example.org/news/*} of one; the pattern with most letters counts
 */
public record SiteSettings(
    Map<String, String> ids,
    Set<String> ownDomains,
    Map<String, PageView> pageViews,
    Map<String, List<String>> contentGroups) {

  public SiteSettings {
    ids = Ordered.map(ids);
    ownDomains = Ordered.set(ownDomains);
    pageViews = Ordered.map(pageViews);
    contentGroups = Ordered.map(contentGroups);
  }

  /** Every host is its own site. */
  public static SiteSettings none() {
    return new SiteSettings(Map.of(), Set.of(), Map.of(), Map.of());
  }

  /**
   * What a page view is on a site. An empty part asks nothing, but methods (GET) and statuses (200,
   * 304); if neither paths nor query nor extensions are given, the content must be a page as
   * everywhere.
   *
   * @param paths patterns of the path, of which one must fit
   * @param query patterns of the query, of which one must fit: {@code *&view=page&*}
   * @param extensions of the file, without dot; an empty one is "none"
   * @param methods of the request
   * @param statuses of the response
   */
  public record PageView(
      List<String> paths,
      List<String> query,
      Set<String> extensions,
      Set<String> methods,
      Set<Integer> statuses) {

    public PageView {
      paths = List.copyOf(paths);
      query = List.copyOf(query);
      extensions = Ordered.set(extensions);
      methods = Ordered.set(orElse(methods, Set.of("GET")));
      statuses = Ordered.set(orElse(statuses, Set.of(200, 304)));
    }

    private static <T> Collection<T> orElse(Set<T> given, Set<T> fallback) {
      return given.isEmpty() ? fallback : given;
    }
  }
}
