// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static aqueduct.enrichment.Enriching.event;
import static aqueduct.enrichment.Enriching.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.enrichment.Rule.Action;
import aqueduct.enrichment.Rule.Edit;
import aqueduct.enrichment.Rule.Subject;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules for events before they are enriched, content groups, and sites' own page views. */
class RulesTest {
  private static Rule drop(Subject subject, String... patterns) {
    return new Rule(Action.DROP, Map.of(subject, List.of(patterns)), Optional.empty());
  }

  private static EnrichmentContext rules(Map<String, Rule> rules) {
    return Enriching.with(EnrichmentSettings.defaults().withRules(rules));
  }

  @Test
  void what_is_filtered_is_counted_by_the_name_of_its_rule_and_no_line_is_lost() {
    EnrichmentContext context =
        rules(
            Map.of(
                "health-checks",
                drop(Subject.PATH, "/health", "/ping*"),
                "own-hosts",
                drop(Subject.ADDRESS, "203.0.113.0/24"),
                "probes",
                drop(Subject.AGENT, "elb-healthchecker*")));
    Enricher.Enriched chunk =
        Enriching.chunk(
            context,
            raw().setUrlPath("/health"),
            raw().setUrlPath("/ping/1").setClientIp("203.0.113.9"),
            raw(),
            raw().setClientIp("203.0.113.9"),
            raw().setUserAgentOriginal("ELB-HealthChecker/2.0"));
    ChunkHeader header = chunk.header();
    assertThat(Enriching.events(chunk)).hasSize(1);
    assertThat(header.getFilteredByMap())
        .isEqualTo(Map.of("health-checks", 2, "own-hosts", 1, "probes", 1));
    assertThat(header.getFiltered()).isEqualTo(4);
    assertThat(header.getLines())
        .isEqualTo(7)
        .isEqualTo(header.getEvents() + header.getRejected() + header.getFiltered());
  }

  @Test
  void a_keep_outweighs_every_drop() {
    EnrichmentContext context =
        rules(
            Map.of(
                "a-all",
                drop(Subject.HOST, "*.example.org"),
                "z-shop",
                new Rule(
                    Action.KEEP,
                    Map.of(Subject.PATH, List.of("/shop/*"), Subject.STATUS, List.of("2xx")),
                    Optional.empty())));
    assertThat(
            Enriching.events(
                Enriching.chunk(
                    context,
                    raw(),
                    raw().setUrlPath("/other"),
                    raw().setHttpResponseStatusCode(404))))
        .extracting(EnrichedLog::getUrlPath)
        .containsExactly("/shop/item.html");
  }

  @Test
  void every_part_of_a_condition_must_hold() {
    Rule rule =
        new Rule(
            Action.DROP,
            Map.of(Subject.METHOD, List.of("HEAD", "OPTIONS"), Subject.STATUS, List.of("200-299")),
            Optional.empty());
    EnrichmentContext context = rules(Map.of("r", rule));
    assertThat(Enriching.chunk(context, raw().setHttpRequestMethod("HEAD")).header().getFiltered())
        .isEqualTo(1);
    assertThat(Enriching.chunk(context, raw()).header().getFiltered()).isZero();
  }

  private static Rule change(Action action, Subject subject, String pattern, String with) {
    return new Rule(action, Map.of(), Optional.of(new Edit(subject, pattern, with, false)));
  }

  @Test
  void texts_are_normalised_and_masked_before_anything_is_made_of_them() {
    EnrichmentContext context =
        rules(
            Map.of(
                "index",
                change(Action.NORMALISE, Subject.PATH, "*/index.html", "*/"),
                "www",
                change(Action.NORMALISE, Subject.HOST, "www.*", "*"),
                "user",
                change(Action.MASK, Subject.PATH, "/user/*/orders/*", "")));
    EnrichedLog event =
        event(
            context,
            raw().setUrlDomain("www.example.org").setUrlPath("/user/77/orders/8/index.html"));
    assertThat(event.getUrlPath()).isEqualTo("/user/[masked]/orders/[masked]");
    assertThat(event.getSiteId()).isEqualTo("example.org");
    assertThat(event.getUrlFull()).isEqualTo("https://example.org/user/[masked]/orders/[masked]");
    assertThat(event(context, raw()).getUrlPath()).isEqualTo("/shop/item.html");
    EnrichmentContext small =
        rules(
            Map.of(
                "small",
                new Rule(
                    Action.NORMALISE,
                    Map.of(Subject.HOST, List.of("*.EXAMPLE.org")),
                    Optional.of(new Edit(Subject.PATH, "*", "*", true)))));
    assertThat(event(small, raw().setUrlPath("/A/b/Æ")).getUrlPath()).isEqualTo("/a/b/Æ");
  }

  @Test
  void rules_that_make_no_sense_are_refused_and_named() {
    assertThatThrownBy(() -> new Rule(Action.DROP, Map.of(), Optional.empty()))
        .hasMessageContaining("every event");
    assertThatThrownBy(() -> drop(Subject.STATUS, "4x")).hasMessageContaining("4x");
    assertThatThrownBy(() -> drop(Subject.ADDRESS, "10.0.0.0/40")).hasMessageContaining("/40");
    assertThatThrownBy(() -> new Rule(Action.MASK, Map.of(), Optional.empty()))
        .hasMessageContaining("text");
    assertThatThrownBy(() -> new Edit(Subject.AGENT, "*", "*", false))
        .hasMessageContaining("AGENT");
    Rule stars = change(Action.NORMALISE, Subject.PATH, "/a/*", "/*/*");
    assertThatThrownBy(() -> event(rules(Map.of("s", stars)), raw()))
        .hasMessageContaining("more stars");
  }

  @Test
  void a_pattern_fits_as_it_reads_and_ends_in_any_case() {
    for (String[] of :
        new String[][] {
          {"/a", "/a", "yes"},
          {"/a", "/ab", ""},
          {"*", "", "yes"},
          {"/a*", "/a", "yes"},
          {"*a", "ba", "yes"},
          {"*aa", "a", ""},
          {"a*a", "a", ""},
          {"a*b*c", "axxbyyc", "yes"},
          {"a*b*c", "acb", ""},
          {"**x**", "x", "yes"}
        }) {
      byte[] text = of[1].getBytes(StandardCharsets.UTF_8);
      assertThat(Glob.of(of[0]).matches(text, 0, text.length))
          .as("%s %s", of[0], of[1])
          .isEqualTo(!of[2].isEmpty());
    }
    byte[] hostile = "a".repeat(8192).getBytes(StandardCharsets.UTF_8);
    assertThat(Glob.of("*a".repeat(50) + "*b").matches(hostile, 0, hostile.length)).isFalse();
  }

  @Test
  void the_most_particular_pattern_names_the_group_of_content() {
    EnrichmentContext context =
        Enriching.with(
            EnrichmentSettings.defaults()
                .withSites(
                    new SiteSettings(
                        Map.of(),
                        Set.of(),
                        Map.of(),
                        Map.of(
                            "news", List.of("/news/*"),
                            "sport", List.of("/news/sport/*", "/sport/*"),
                            "shop", List.of("www.example.org/shop/*")))));
    assertThat(group(context, raw())).isEqualTo("shop");
    assertThat(group(context, raw().setUrlDomain("other.example"))).isEmpty();
    assertThat(group(context, raw().setUrlPath("/news/x"))).isEqualTo("news");
    assertThat(group(context, raw().setUrlPath("/news/sport/x"))).isEqualTo("sport");
    assertThat(group(context, raw().setUrlPath("/"))).isEmpty();
  }

  private static String group(EnrichmentContext context, RawLog.Builder raw) {
    return event(context, raw).getContentGroup();
  }

  @Test
  void a_site_may_have_its_own_page_views() {
    SiteSettings.PageView app =
        new SiteSettings.PageView(
            List.of("/collect"), List.of("*t=pageview*"), Set.of(), Set.of(), Set.of(200, 204));
    EnrichmentContext context =
        Enriching.with(
            EnrichmentSettings.defaults()
                .withSites(
                    new SiteSettings(
                        Map.of(), Set.of(), Map.of("www.example.org", app), Map.of())));
    assertThat(event(context, raw()).getEventKind()).isEqualTo("other");
    RawLog.Builder beacon = raw().setUrlPath("/collect").setHttpResponseMimeType("image/gif");
    assertThat(event(context, beacon.clone().setQuery("v=1&t=pageview")).getEventKind())
        .isEqualTo("page_view");
    assertThat(event(context, beacon.clone().setQuery("v=1&t=event")).getEventKind())
        .isEqualTo("beacon");
    assertThat(
            event(context, beacon.clone().setQuery("t=pageview").setUserAgentOriginal("curl/8.1"))
                .getEventKind())
        .isEqualTo("other");
    assertThat(event(context, raw().setUrlDomain("other.example")).getEventKind())
        .isEqualTo("page_view");
  }
}
