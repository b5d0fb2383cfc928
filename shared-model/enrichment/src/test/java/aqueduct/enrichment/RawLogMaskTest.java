// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static aqueduct.enrichment.Enriching.event;
import static aqueduct.enrichment.Enriching.raw;
import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is masked before an event is first packed, and what enrichment then still knows. */
class RawLogMaskTest {
  private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123";
  private static final EnrichmentSettings OPEN =
      EnrichmentSettings.defaults()
          .withQuery(
              new QuerySettings(
                  Set.of("utm_source", "q"),
                  Set.of("lang"),
                  QuerySettings.campaignDefaults(),
                  QuerySettings.clickIdDefaults()))
          .withPrivacy(
              new PrivacySettings(
                  "vid",
                  "",
                  24,
                  48,
                  Set.of(PrivacySettings.Mask.values()),
                  Set.of("10.0.0.0/8"),
                  Set.of("cs-headers"),
                  false));
  private static final EnrichmentSettings MASKED =
      OPEN.withPrivacy(OPEN.privacy().withMaskedRawLogs());

  private static RawLog.Builder personal() {
    return raw()
        .setClientIp("81.2.69.142")
        .setClientPort(4711)
        .setCookie("vid=V1;%20canary=CANARY;%20lang=da")
        .setUrlPath("/u/canary@example.org/x")
        .setQuery("utm_source=letter&q=a%2540b%2Bcanary%40example.org&name=CANARY&gclid=" + TOKEN)
        .setReferrer("https://www.google.com/a/" + TOKEN + "?q=CANARY#CANARY")
        .setCdnFunctionData("user=canary@example.org")
        .putExtra("cs-headers", "Cookie:CANARY")
        .putExtra("x-new", "of canary@example.org");
  }

  private static RawLog masked(RawLog.Builder raw) {
    return masked(raw, new RawLogMask(MASKED));
  }

  private static RawLog masked(RawLog.Builder raw, RawLogMask mask) {
    byte[] bytes = raw.build().toByteArray();
    mask.mask(bytes, 0, bytes.length);
    try {
      return RawLog.parseFrom(ByteBuffer.wrap(mask.buffer(), 0, mask.length()));
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nothing_stays_that_an_enriched_event_may_not_have() {
    RawLog masked = masked(personal());
    assertThat(new String(masked.toByteArray(), StandardCharsets.UTF_8))
        .doesNotContainIgnoringCase("canary")
        .doesNotContain("81.2.69.142");
    assertThat(masked.getClientIp()).isEqualTo("81.2.69.0");
    assertThat(masked.hasClientPort()).isFalse();
    assertThat(masked.getCookie()).isEqualTo("lang=da;vid=V1");
    assertThat(masked.getUrlPath()).isEqualTo("/u/[email]/x");
    assertThat(masked.getQuery()).startsWith("utm_source=letter&q=").endsWith("&gclid=" + TOKEN);
    assertThat(masked.getReferrer()).isEqualTo("https://www.google.com/a/[token]");
    assertThat(masked.getExtraMap()).containsOnlyKeys("x-new");
    assertThat(masked.getExtraMap().get("x-new")).isEqualTo("of [email]");
    assertThat(masked.getUserAgentOriginal()).isEqualTo(Enriching.CHROME);
    assertThat(masked.getTimeUs()).isEqualTo(raw().getTimeUs());
  }

  @Test
  void what_has_nothing_personal_stays_byte_for_byte_but_for_its_address() {
    RawLog.Builder plain =
        raw().setQuery("utm_source=a%252Bb+c").setReferrer("https://a.example/b");
    assertThat(masked(plain)).isEqualTo(plain.setClientIp("81.2.69.0").build());
  }

  @Test
  void masking_twice_is_masking_once() {
    RawLog once = masked(personal());
    assertThat(masked(once.toBuilder())).isEqualTo(once);
  }

  /** Live events come masked, those of a correction whole: both become the same. */
  @Test
  void an_event_masked_before_and_one_from_the_raw_file_are_enriched_to_the_same_bytes() {
    EnrichmentContext context = Enriching.with(MASKED);
    EnrichedLog live = event(context, masked(personal()).toBuilder());
    assertThat(event(context, personal()).toByteArray()).isEqualTo(live.toByteArray());
    assertThat(live.getQueryParamsMap()).containsKeys("utm_source", "q");
    assertThat(live.getCampaignClickId()).isEqualTo(TOKEN);
    assertThat(live.getReferrerMedium()).isEqualTo("paid");
  }

  @Test
  void place_by_the_cut_address_cookies_and_campaigns_are_still_known_and_search_terms_are_not() {
    EnrichedLog open = event(Enriching.with(OPEN), personal());
    EnrichedLog masked = event(Enriching.with(MASKED), personal());
    assertThat(masked.getGeoCountryIsoCode())
        .isEqualTo("GB")
        .isEqualTo(open.getGeoCountryIsoCode());
    assertThat(masked.getClientAddress()).isEqualTo(open.getClientAddress());
    assertThat(masked.getVisitorId()).isEqualTo(open.getVisitorId());
    assertThat(masked.getCookiesMap()).isEqualTo(open.getCookiesMap());
    assertThat(masked.getReferrerSource()).isEqualTo("Google");
    assertThat(open.getReferrerTerm()).isEqualTo("CANARY");
    assertThat(masked.getReferrerTerm()).isEmpty();
  }

  @Test
  void people_of_one_network_with_one_agent_are_one_visitor_where_there_is_no_cookie() {
    EnrichmentContext context = Enriching.with(MASKED);
    assertThat(event(context, raw().setClientIp("81.2.69.1")).getVisitorId())
        .isEqualTo(event(context, raw().setClientIp("81.2.69.2")).getVisitorId());
  }

  @Test
  void behind_a_trusted_proxy_it_is_the_clients_address_that_is_cut() {
    RawLog masked =
        masked(raw().setClientIp("10.1.1.1").setXForwardedFor("1.1.1.1, 81.2.69.142, 10.2.3.4"));
    assertThat(masked.getClientIp()).isEqualTo("81.2.69.0");
    assertThat(masked.getXForwardedFor()).isEmpty();
    assertThat(masked(masked.toBuilder())).isEqualTo(masked);
  }

  @Test
  void an_address_that_is_none_goes() {
    for (String address : List.of("-", "300.1.1.1", "unknown canary")) {
      assertThat(masked(raw().setClientIp(address)).getClientIp()).isEmpty();
    }
  }
}
