// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

import java.util.List;

/**
 * A made-up web site.
 *
 * @param host as viewers ask for it
 * @param distribution id of its distribution
 * @param domain of its distribution
 * @param percent of all requests
 */
record Site(String host, String distribution, String domain, int percent) {
  static final List<Site> ALL =
      List.of(
          new Site("www.example.com", "E1AQUEDUCT0001", "d1aqueduct0001.cloudfront.net", 60),
          new Site("shop.example.com", "E2AQUEDUCT0002", "d2aqueduct0002.cloudfront.net", 30),
          new Site("docs.example.org", "E3AQUEDUCT0003", "d3aqueduct0003.cloudfront.net", 10));

  /** What the event's site is, where lines have that many columns. */
  String name(int fields) {
    return fields >= 16 ? host : domain;
  }
}
