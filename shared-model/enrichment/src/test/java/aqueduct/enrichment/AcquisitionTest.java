// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static aqueduct.enrichment.Enriching.event;
import static aqueduct.enrichment.Enriching.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aqueduct.wire.EnrichedLog;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a visitor came from: referrer, search terms, campaign, click ids. */
class AcquisitionTest {
  private static final EnrichmentContext OWN =
      Enriching.with(
          EnrichmentSettings.defaults()
              .withSites(
                  new SiteSettings(
                      Map.of("www.shop.example", "shop", "shop.example.de", "shop"),
                      Set.of("snowplowanalytics.com"),
                      Map.of(),
                      Map.of())));

  private static EnrichedLog from(String referrer) {
    return event(OWN, raw().setReferrer(referrer));
  }

  private static String of(EnrichedLog event) {
    return event.getReferrerMedium()
        + "|"
        + event.getReferrerSource()
        + "|"
        + event.getReferrerTerm();
  }

  @Test
  void a_search_engine_tells_what_was_searched_for() {
    assertThat(of(from("https://www.google.co.uk/search?hl=en&q=red+shoes%20%26%20socks")))
        .isEqualTo("search|Google|red shoes & socks");
    assertThat(of(from("https://images.google.dk/imgres?q=x"))).isEqualTo("search|Google Images|x");
    assertThat(of(from("https://www.google.com/"))).isEqualTo("search|Google|");
    assertThat(of(from("https://yandex.com.tr/search/?text=%D0%BA%D0%BE%D1%82")))
        .isEqualTo("search|Yandex|кот");
    assertThat(of(from("https://www.baidu.com/link?wd=a&url=b"))).isEqualTo("search|Baidu|a");
    assertThat(of(from("https://search.yahoo.co.jp/search?p=a%zz")))
        .isEqualTo("search|Yahoo!|a%zz");
    assertThat(of(from("https://www.google.de/#q=fragment"))).isEqualTo("search|Google|fragment");
  }

  @Test
  void assistants_mail_and_networks_have_their_own_media() {
    assertThat(of(from("https://chatgpt.com/"))).isEqualTo("chatbot|ChatGPT|");
    assertThat(of(from("https://www.perplexity.ai/search/x"))).isEqualTo("chatbot|Perplexity|");
    assertThat(of(from("https://gemini.google.com/app"))).isEqualTo("chatbot|Gemini|");
    assertThat(of(from("https://www.bing.com/chat?q=x"))).isEqualTo("chatbot|Copilot|");
    assertThat(of(from("https://mail.google.com/mail/u/0/"))).isEqualTo("email|Gmail|");
    assertThat(of(from("https://l.facebook.com/l.php?u=x"))).isEqualTo("social|Facebook|");
    assertThat(of(from("https://out.reddit.com/"))).isEqualTo("social|Reddit|");
    assertThat(of(from("https://nobody.example/?q=x"))).isEqualTo("unknown||");
    assertThat(of(from("https://notgoogle.com/?q=x"))).isEqualTo("unknown||");
  }

  @Test
  void own_hosts_and_domains_are_internal() {
    assertThat(of(from("https://example.org/a?q=x"))).isEqualTo("internal||");
    assertThat(of(from("https://blog.snowplowanalytics.com/"))).isEqualTo("internal||");
    EnrichedLog other =
        event(
            OWN,
            raw().setUrlDomain("WWW.shop.example:443").setReferrer("https://shop.example.de/x"));
    assertThat(of(other)).isEqualTo("internal||");
    assertThat(other.getSiteId()).isEqualTo("shop");
  }

  @Test
  void the_campaigns_source_stands_in_for_a_referrer_that_is_missing_or_unknown() {
    assertThat(of(event(raw().setQuery("utm_source=chatgpt.com")))).isEqualTo("chatbot|ChatGPT|");
    assertThat(of(event(raw().setQuery("utm_source=Facebook&utm_medium=post"))))
        .isEqualTo("social|Facebook|");
    assertThat(of(event(raw().setQuery("utm_source=DuckDuckGo")))).isEqualTo("search|DuckDuckGo|");
    assertThat(of(event(raw().setQuery("utm_source=spring-letter")))).isEqualTo("||");
    assertThat(
            of(event(raw().setQuery("utm_source=facebook").setReferrer("https://nobody.example/"))))
        .isEqualTo("social|Facebook|");
    assertThat(
            of(event(raw().setQuery("utm_source=facebook").setReferrer("https://www.google.com/"))))
        .isEqualTo("search|Google|");
  }

  @Test
  void a_click_that_was_paid_for_has_medium_paid_whoever_sent_it() {
    String google = "https://www.google.com/search?q=x";
    assertThat(paid("gclid=7", google)).isEqualTo("paid|Google|x");
    assertThat(paid("utm_medium=CPC", google)).isEqualTo("paid|Google|x");
    assertThat(paid("utm_medium=paid-social&utm_source=facebook", "")).isEqualTo("paid|Facebook|");
    assertThat(paid("msclkid=7", "")).isEqualTo("paid||");
    assertThat(paid("clickid=7&utm_medium=display", "https://nobody.example/")).isEqualTo("paid||");
    assertThat(paid("fbclid=7&gclid=8", "https://l.facebook.com/")).isEqualTo("paid|Facebook|");
    // What hangs on every link, has no value, or is another word, says nothing.
    assertThat(paid("fbclid=7", "https://l.facebook.com/")).isEqualTo("social|Facebook|");
    assertThat(paid("gclid=&utm_medium=cpcx", google)).isEqualTo("search|Google|x");
    assertThat(paid("", google)).isEqualTo("search|Google|x");
    assertThat(paid("gclid=7", "https://example.org/a")).isEqualTo("internal||");
  }

  private static String paid(String query, String referrer) {
    return of(event(raw().setQuery(query).setReferrer(referrer)));
  }

  @Test
  void a_campaign_has_five_parts_and_a_click_its_network() {
    EnrichedLog event =
        event(
            raw()
                .setQuery(
                    "utm_medium=cpc&utm_source=Google&utm_campaign=a%252Bb+c&utm_term=t&utm_content=%25C3%25A6&gclid=Ab-1_c&fbclid=zz&x=1"));
    assertThat(event.getCampaignMedium()).isEqualTo("cpc");
    assertThat(event.getCampaignSource()).isEqualTo("Google");
    assertThat(event.getCampaignName()).isEqualTo("a+b c");
    assertThat(event.getCampaignTerm()).isEqualTo("t");
    assertThat(event.getCampaignContent()).isEqualTo("æ");
    assertThat(event.getCampaignNetwork() + " " + event.getCampaignClickId())
        .isEqualTo("Google Ab-1_c");
    assertThat(event.getQueryParamsMap()).doesNotContainKeys("gclid", "x").hasSize(5);
  }

  @Test
  void of_several_click_ids_a_bought_one_counts_and_then_the_first_by_its_name() {
    assertThat(click("fbclid=1&gclid=2")).isEqualTo("Google 2");
    assertThat(click("gclid=2&fbclid=1")).isEqualTo("Google 2");
    assertThat(click("igshid=1&yclid=3&epik=4&ttclid=2")).isEqualTo("TikTok 2");
    assertThat(click("igshid=1&fbclid=2")).isEqualTo("Meta 2");
    assertThat(click("fbclid=1&gclid=&gclid=5")).isEqualTo("Google 5");
  }

  private static String click(String query) {
    EnrichedLog event = event(raw().setQuery(query));
    return event.getCampaignNetwork() + " " + event.getCampaignClickId();
  }

  @Test
  void names_of_parameters_are_configured_and_the_first_of_them_counts() {
    EnrichmentSettings defaults = EnrichmentSettings.defaults();
    EnrichmentContext context =
        Enriching.with(
            defaults.withQuery(
                new QuerySettings(
                    Set.of(),
                    Set.of(),
                    Map.of("source", List.of("src", "utm_source"), "name", List.of("cmp")),
                    Map.of("clk", "Our Network"))));
    EnrichedLog event =
        event(context, raw().setQuery("utm_source=second&src=first&src=again&cmp=&clk=7"));
    assertThat(event.getCampaignSource()).isEqualTo("first");
    assertThat(event.getCampaignName()).isEmpty();
    assertThat(event.getCampaignClickId()).isEqualTo("7");
    assertThat(event.getCampaignNetwork()).isEqualTo("Our Network");
    assertThat(event.getUrlQuery()).isEmpty();
  }

  /** The shared sample cases, where they are there. */
  @Test
  void the_sample_referrers_have_their_medium_and_source() throws Exception {
    Path file =
        Path.of(System.getProperty("aqueduct.samples", "none"), "referer/referer-tests-2020.json");
    assumeTrue(Files.exists(file));
    for (JsonNode sample : new ObjectMapper().readTree(file.toFile())) {
      EnrichedLog event = from(sample.get("uri").asText());
      assertThat(of(event))
          .as(sample.get("uri").asText())
          .isEqualTo(
              sample.get("medium").asText()
                  + "|"
                  + text(sample.get("source"))
                  + "|"
                  + text(sample.get("term")));
    }
  }

  private static String text(JsonNode node) {
    return node == null || node.isNull() ? "" : node.asText();
  }
}
