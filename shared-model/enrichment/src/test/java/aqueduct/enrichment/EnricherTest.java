// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static aqueduct.enrichment.Enriching.CONTEXT;
import static aqueduct.enrichment.Enriching.events;
import static aqueduct.enrichment.Enriching.pack;
import static aqueduct.enrichment.Enriching.raw;
import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.enrichment.Enricher.Enriched;
import aqueduct.logs.Codec;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnricherTest {
  private static EnrichedLog enrich(EnrichmentContext context, RawLog.Builder raw) {
    return Enriching.event(context, raw);
  }

  private static EnrichedLog enrich(RawLog.Builder raw) {
    return Enriching.event(raw);
  }

  private static EnrichmentContext with(
      String visitorCookie, Set<String> cookies, Set<String> queryParameters) {
    EnrichmentSettings d = EnrichmentSettings.defaults();
    PrivacySettings p = d.privacy();
    return Enriching.with(
        d.withSites(new SiteSettings(Map.of(), Set.of("partner.example"), Map.of(), Map.of()))
            .withQuery(
                new QuerySettings(
                    queryParameters, cookies, d.query().campaign(), d.query().clickIds()))
            .withPrivacy(
                new PrivacySettings(
                    visitorCookie, "sid", 24, 48, p.masks(), Set.of(), p.droppedColumns(), false)));
  }

  @Test
  void an_event_gets_what_the_datasets_of_its_day_say() throws Exception {
    EnrichedLog event = enrich(raw());
    assertThat(event.getSiteId()).isEqualTo("www.example.org");
    assertThat(event.getEventKind()).isEqualTo("page_view");
    assertThat(event.getUserAgentName()).isEqualTo("Chrome");
    assertThat(event.getUserAgentDeviceClass()).isEqualTo("Desktop");
    assertThat(event.getGeoCountryIsoCode()).isEqualTo("GB");
    assertThat(event.getGeoSource()).isEqualTo("dataset");
    assertThat(event.getClientAddress()).isEqualTo("81.2.69.0");
    assertThat(event.getClientIpVersion()).isEqualTo(4);
    assertThat(event.getCdnCacheHit()).isTrue();
    assertThat(event.getBotIsBot()).isFalse();
    assertThat(event.getVisitorIdKind()).isEqualTo("daily_hmac");
    assertThat(event.getDatasetVersionsMap())
        .containsEntry("geo-city", "2019-11-19")
        .containsEntry("bots", "2008-01-01");
    assertThat(event.getMissingDatasetsList()).isEmpty();
    assertThat(event.getLine()).isEqualTo(3);
  }

  @Test
  void a_day_before_the_first_version_gets_no_answer_and_says_so() throws Exception {
    EnrichedLog event =
        enrich(raw().setTimeUs(Instant.parse("2015-05-17T10:00:00Z").getEpochSecond() * 1_000_000));
    assertThat(event.getGeoCountryIsoCode()).isEmpty();
    assertThat(event.getMissingDatasetsList())
        .containsExactly("geo-city", "asn", "public-suffixes");
    assertThat(event.getUserAgentName()).isEqualTo("Chrome");
  }

  @Test
  void the_edges_country_counts_where_no_dataset_answers() throws Exception {
    EnrichedLog event = enrich(raw().setTimeUs(0).setEdgeCountry("DK"));
    assertThat(event.getGeoCountryIsoCode()).isEqualTo("DK");
    assertThat(event.getGeoSource()).isEqualTo("edge");
  }

  @Test
  void what_must_not_travel_does_not() throws Exception {
    RawLog.Builder raw =
        raw()
            .setClientIp("81.2.69.199")
            .setXForwardedFor("198.51.100.77")
            .setCookie("session=CANARYCOOKIE;%20lang=da")
            .setQuery("token=CANARYTOKEN&utm_source=news&email=canary@example.org")
            .setReferrer("https://www.google.com/search?q=shoes&sid=CANARYQUERY#CANARYFRAGMENT")
            .setClientPort(51234)
            .setTlsCipher("CANARYCIPHER");
    Enriched enriched =
        new Enricher(CONTEXT, Codec.KPL).enrich(pack(List.of(raw.build().toByteArray())));
    String bytes = new String(enriched.record().data(), StandardCharsets.ISO_8859_1);
    assertThat(bytes)
        .doesNotContain("CANARY", "canary@", "81.2.69.199", "198.51.100.77")
        .contains("81.2.69.0", "news", "https://www.google.com/search");
  }

  @Test
  void only_what_is_allowed_travels() throws Exception {
    EnrichedLog event =
        enrich(
            with("vid", Set.of("lang"), Set.of("utm_campaign", "q")),
            raw()
                .setCookie("vid=abc;%20lang=da;%20secret=1")
                .setQuery("utm_campaign=summer%2520sale&q=a+b&x=1&utm_source=s"));
    assertThat(event.getCookiesMap()).containsExactly(Map.entry("lang", "da"));
    assertThat(event.getQueryParamsMap())
        .containsOnly(Map.entry("utm_campaign", "summer sale"), Map.entry("q", "a b"));
    assertThat(event.getCampaignName()).isEqualTo("summer sale");
    assertThat(event.getUrlQuery()).isEqualTo("utm_campaign=summer%20sale&q=a+b");
    assertThat(event.getCampaignSource()).isEqualTo("s");
    assertThat(event.getVisitorIdKind()).isEqualTo("cookie");
  }

  @Test
  void a_visitors_cookie_lasts_and_an_address_lasts_a_day() throws Exception {
    EnrichmentContext cookie = with("vid", Set.of(), Set.of());
    long day = 86_400_000_000L;
    RawLog.Builder later = raw().setTimeUs(raw().getTimeUs() + day);
    assertThat(enrich(cookie, raw().setCookie("vid=a")).getVisitorId())
        .isEqualTo(
            enrich(cookie, later.clone().setCookie("vid=a").setClientIp("1.2.3.4")).getVisitorId())
        .isNotEqualTo(enrich(cookie, raw().setCookie("vid=b")).getVisitorId());
    assertThat(enrich(raw()).getVisitorId())
        .isEqualTo(enrich(raw().setUrlPath("/other")).getVisitorId())
        .isNotEqualTo(enrich(later).getVisitorId())
        .isNotEqualTo(enrich(raw().setClientIp("81.2.69.143")).getVisitorId());
  }

  @Test
  void a_bot_is_flagged_and_no_page_view() throws Exception {
    EnrichedLog bot =
        enrich(
            raw()
                .setUserAgentOriginal(
                    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"));
    assertThat(bot.getBotIsBot()).isTrue();
    assertThat(bot.getBotName()).isEqualTo("Googlebot");
    assertThat(bot.getBotCategory()).isEqualTo("search");
    assertThat(bot.getBotIndicatorsList()).contains("agent_list");
    assertThat(bot.getBotListVersion()).isEqualTo("aqueduct-2");
    assertThat(bot.getEventKind()).isEqualTo("other");
  }

  @Test
  void kinds_follow_from_status_method_type_and_path() throws Exception {
    assertThat(kind(raw())).isEqualTo("page_view");
    assertThat(kind(raw().setHttpResponseStatusCode(304).clearHttpResponseMimeType()))
        .isEqualTo("page_view");
    assertThat(kind(raw().clearHttpResponseMimeType().setUrlPath("/shop/"))).isEqualTo("page_view");
    assertThat(kind(raw().clearHttpResponseMimeType().setUrlPath("/style.CSS"))).isEqualTo("asset");
    assertThat(kind(raw().setHttpRequestMethod("POST"))).isEqualTo("other");
    assertThat(kind(raw().setHttpResponseStatusCode(404))).isEqualTo("error");
    assertThat(kind(raw().setHttpResponseStatusCode(301))).isEqualTo("redirect");
    assertThat(kind(raw().setHttpResponseMimeType("image/png").setUrlPath("/a.png")))
        .isEqualTo("asset");
    assertThat(kind(raw().setUrlPath("/video/seg-1.ts").setHttpResponseMimeType("video/mp2t")))
        .isEqualTo("media_segment");
    assertThat(kind(raw().setUrlPath("/api/v1/x").setHttpResponseMimeType("application/json")))
        .isEqualTo("api");
    assertThat(kind(raw().setUrlPath("/collect").setHttpResponseMimeType("image/gif")))
        .isEqualTo("beacon");
    assertThat(kind(raw().setHttpResponseStatusCode(0))).isEqualTo("other");
  }

  private static String kind(RawLog.Builder raw) throws Exception {
    return enrich(raw).getEventKind();
  }

  @Test
  void referrers_have_a_medium_and_a_source() throws Exception {
    assertReferrer("https://www.google.co.uk/search?q=x", "search", "Google");
    assertReferrer("https://mail.google.com/", "email", "Gmail");
    assertReferrer("android-app://com.google.android.gm", "email", "Gmail");
    assertReferrer("https://m.facebook.com/x", "social", "Facebook");
    assertReferrer("https://chatgpt.com/", "chatbot", "ChatGPT");
    assertReferrer("http://example.org/page", "internal", "");
    assertReferrer("blog.unknown.example/x", "unknown", "");
    assertThat(enrich(raw()).getReferrerMedium()).isEmpty();
    assertThat(
            enrich(with("", Set.of(), Set.of()), raw().setReferrer("https://a.partner.example/"))
                .getReferrerMedium())
        .isEqualTo("internal");
  }

  private static void assertReferrer(String referrer, String medium, String source)
      throws Exception {
    EnrichedLog event = enrich(raw().setReferrer(referrer));
    assertThat(event.getReferrerMedium()).as(referrer).isEqualTo(medium);
    assertThat(event.getReferrerSource()).as(referrer).isEqualTo(source);
  }

  @Test
  void the_same_chunk_gives_the_same_bytes_in_any_process_and_order() throws Exception {
    Random random = new Random(4);
    List<byte[]> chunks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<byte[]> messages = new ArrayList<>();
      for (int j = 0; j < 30; j++) {
        messages.add(
            raw()
                .setClientIp(
                    random.nextInt(224) + "." + random.nextInt(256) + ".7." + random.nextInt(256))
                .setTimeUs(random.nextInt(60) * 86_400_000_000L + 1_574_000_000_000_000L)
                .setReferrer("https://r" + random.nextInt(5) + ".example/?a=" + j)
                .build()
                .toByteArray());
      }
      chunks.add(pack(messages));
    }
    List<byte[]> first = new ArrayList<>();
    Enricher one = new Enricher(CONTEXT, Codec.ZSTD);
    for (byte[] chunk : chunks) {
      first.add(one.enrich(chunk).record().data());
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    Enricher other =
        new Enricher(
            new EnrichmentContext(new BundledDatasets(), EnrichmentSettings.defaults()),
            Codec.ZSTD);
    for (int i : order) {
      assertThat(other.enrich(chunks.get(i)).record().data()).isEqualTo(first.get(i));
    }
  }

  @Test
  void a_damaged_message_is_rejected_and_the_rest_goes_on() throws Exception {
    byte[] good = raw().build().toByteArray();
    byte[] cut = Arrays.copyOf(good, good.length - 5);
    Enriched enriched = new Enricher(CONTEXT, Codec.ZSTD).enrich(pack(List.of(good, cut, good)));
    assertThat(events(enriched)).hasSize(2);
    assertThat(enriched.rejections())
        .singleElement()
        .satisfies(r -> assertThat(r.getReason()).isEqualTo("damaged_message"));
    ChunkHeader header = enriched.header();
    assertThat(header.getLines())
        .isEqualTo(5)
        .isEqualTo(header.getEvents() + header.getRejected() + header.getFiltered());
  }

  @Test
  void fields_of_a_newer_writer_pass_through() throws Exception {
    byte[] known = raw().build().toByteArray();
    byte[] newer = Arrays.copyOf(known, known.length + 4);
    newer[known.length] = (byte) 0xa2; // field 500, two bytes of text
    newer[known.length + 1] = 0x1f;
    newer[known.length + 2] = 1;
    newer[known.length + 3] = 'x';
    EnrichedLog event =
        events(new Enricher(CONTEXT, Codec.ZSTD).enrich(pack(List.of(newer)))).get(0);
    assertThat(event.getUnknownFields().getField(500).getLengthDelimitedList()).hasSize(1);
  }

  @Test
  void hostile_agents_and_addresses_do_no_harm() throws Exception {
    for (String agent :
        List.of(
            "x".repeat(8192),
            "(".repeat(4000),
            "' or 1=1 --",
            "</script>",
            "=cmd()",
            "\0\1",
            "Mozilla/5.0 " + "a/1 ".repeat(1500))) {
      assertThat(enrich(raw().setUserAgentOriginal(agent)).getUserAgentOriginal()).isEqualTo(agent);
    }
    for (String address :
        List.of(
            "",
            "-",
            "1.2.3",
            "1.2.3.4.5",
            "999.1.1.1",
            "::",
            ":",
            "1::2::3",
            "fe80::1%eth0",
            "12345::",
            "::ffff:1.2.3.4.5",
            "1:2:3:4:5:6:7:8:9")) {
      EnrichedLog event = enrich(raw().setClientIp(address));
      assertThat(event.getClientAddress())
          .as(address)
          .isEqualTo(address.equals("::") ? "0:0:0::" : "");
    }
  }
}
