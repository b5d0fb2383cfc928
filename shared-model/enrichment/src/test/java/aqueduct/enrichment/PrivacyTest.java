// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static aqueduct.enrichment.Enriching.event;
import static aqueduct.enrichment.Enriching.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.enrichment.PrivacySettings.Mask;
import aqueduct.wire.EnrichedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of people, and what is kept of it. */
class PrivacyTest {
  private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123";
  private static final String RANDOM = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF";
  @TempDir Path folder;

  private static EnrichmentContext privacy(
      String visitorCookie, String sessionCookie, Set<Mask> masks, String... trusted) {
    PrivacySettings defaults = PrivacySettings.defaults();
    return Enriching.with(
        EnrichmentSettings.defaults()
            .withPrivacy(
                new PrivacySettings(
                    visitorCookie,
                    sessionCookie,
                    24,
                    48,
                    masks,
                    Set.of(trusted),
                    defaults.droppedColumns(),
                    false)));
  }

  private static String masked(String text) {
    PersonalData personal = new PersonalData(Set.of(Mask.values()));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return personal.mask(bytes, 0, bytes.length) ? personal.masked().toString() : text;
  }

  @Test
  void addresses_of_mail_are_masked_in_every_encoding() {
    assertThat(masked("/u/jane.doe+x@mail.example.org/in")).isEqualTo("/u/[email]/in");
    assertThat(masked("mail=jane%40example.org&x=1")).isEqualTo("mail=[email]&x=1");
    assertThat(masked("m=jane%2540example.org")).isEqualTo("m=[email]");
    assertThat(masked("a@b.com%20c@d.com")).isEqualTo("[email]%[email]");
    assertThat(masked("x@example.org")).isEqualTo("[email]");
    assertThat(masked("a@b+jane@example.org")).isEqualTo("a@[email]");
    assertThat(masked("@home%40jane%40example.org")).isEqualTo("@[email]");
    for (String no : List.of("/@handle/post", "/lib@1.2.3/x.js", "@", "%40", "a@b", "/a%4")) {
      assertThat(masked(no)).isEqualTo(no);
    }
  }

  @Test
  void tokens_are_masked_and_names_of_files_are_not() {
    assertThat(masked("/login/" + JWT + "/x")).isEqualTo("/login/[token]/x");
    assertThat(masked("/d/" + RANDOM)).isEqualTo("/d/[token]");
    assertThat(masked("/reset/a1b2c3")).isEqualTo("/reset/[token]");
    assertThat(masked("/app;jsessionid=0A1B2C/x")).isEqualTo("/app;jsessionid=[token]/x");
    assertThat(masked("token=abc123&q=1")).isEqualTo("token=[token]&q=1");
    for (String no :
        List.of(
            "/static/app.3f2a9c1b7d6e5f4a3b2c1d0e9f8a7b6c.js",
            "/v/0123456789abcdef0123456789abcdef/seg1.ts",
            "/p/550e8400-e29b-41d4-a716-446655440000",
            "/a-long-and-telling-title-of-an-article-of-2026",
            "/reset/password",
            "/tokens/",
            "")) {
      assertThat(masked(no)).isEqualTo(no);
    }
  }

  @Test
  void what_is_masked_is_masked_wherever_it_stands() throws Exception {
    String mail = "canary@example.org";
    EnrichedLog event =
        event(
            privacy("", "", Set.of(Mask.values())),
            raw()
                .setUrlPath("/u/" + mail + "/" + RANDOM)
                .setQuery("utm_source=" + mail + "&utm_term=" + JWT + "&m=" + mail)
                .setReferrer("https://" + mail + "@www.google.com/a/" + RANDOM + "?q=" + mail)
                .setCdnFunctionData("user=" + mail)
                .putExtra("cs-headers", "Cookie:CANARYHEADER")
                .putExtra("x-new-column", "of " + mail + " it is"));
    assertThat(new String(event.toByteArray(), StandardCharsets.UTF_8))
        .doesNotContain("canary", RANDOM, JWT, "CANARYHEADER");
    assertThat(event.getUrlPath()).isEqualTo("/u/[email]/[token]");
    assertThat(event.getUrlFull())
        .isEqualTo("https://WWW.Example.org/u/[email]/[token]?utm_source=[email]&utm_term=[token]");
    assertThat(event.getReferrerFull()).isEqualTo("https://www.google.com/a/[token]");
    assertThat(event.getReferrerDomain()).isEqualTo("www.google.com");
    assertThat(event.getReferrerTerm()).isEqualTo("[email]");
    assertThat(event.getCdnFunctionData()).isEqualTo("user=[email]");
    assertThat(event.getExtraMap()).containsOnlyKeys("x-new-column");
    assertThat(event.getExtraMap().get("x-new-column")).isEqualTo("of [email] it is");
  }

  @Test
  void masking_can_be_left_off() {
    EnrichedLog event =
        event(privacy("", "", Set.of()), raw().setUrlPath("/u/x@example.org/" + RANDOM));
    assertThat(event.getUrlPath()).isEqualTo("/u/x@example.org/" + RANDOM);
  }

  @Test
  void addresses_are_cut_in_both_versions() {
    assertThat(event(raw().setClientIp("81.2.69.142")).getClientAddress()).isEqualTo("81.2.69.0");
    EnrichedLog v6 = event(raw().setClientIp("2001:db8:1234:5678:9abc:def0:1234:5678"));
    assertThat(v6.getClientAddress()).isEqualTo("2001:db8:1234::");
    assertThat(v6.getClientAddressPolicy()).isEqualTo("/48");
    assertThat(v6.getClientIpVersion()).isEqualTo(6);
    assertThat(event(raw().setClientIp("::ffff:81.2.69.142")).getClientAddress())
        .isEqualTo("81.2.69.0");
    CutAddress cut = new CutAddress();
    IpAddress ip = new IpAddress();
    for (String[] of :
        new String[][] {
          {"255.254.253.252", "32", "255.254.253.252"},
          {"255.254.253.252", "7", "254.0.0.0"},
          {"255.254.253.252", "0", "0.0.0.0"},
          {"2001:db8:0:ff:1::9", "128", "2001:db8:0:ff:1:0:0:9"},
          {"2001:db8:0:ff:1::9", "60", "2001:db8:0:f0::"},
          {"2001:db8::", "0", "::"}
        }) {
      byte[] text = of[0].getBytes(StandardCharsets.US_ASCII);
      ip.parse(text, 0, text.length);
      if (ip.version() == 4) {
        cut.v4(ip.v4(), Integer.parseInt(of[1]));
      } else {
        cut.v6(ip.groups(), Integer.parseInt(of[1]));
      }
      assertThat(new String(cut.bytes(), 0, cut.length(), StandardCharsets.US_ASCII))
          .isEqualTo(of[2]);
    }
  }

  @Test
  void x_forwarded_for_is_believed_only_from_a_trusted_proxy() {
    EnrichmentContext trusting = privacy("", "", Set.of(), "10.0.0.0/8", "2001:db8::/32");
    String spoofed = "1.1.1.1, 81.2.69.142, 10.2.3.4";
    assertThat(client(trusting, "10.1.1.1", spoofed)).isEqualTo("81.2.69.0");
    assertThat(client(trusting, "2001:db8::1", "[2a02:1::2]:443")).isEqualTo("2a02:1:0::");
    assertThat(client(trusting, "10.1.1.1", "81.2.69.142:4711")).isEqualTo("81.2.69.0");
    assertThat(client(trusting, "81.2.70.1", spoofed)).isEqualTo("81.2.70.0");
    assertThat(client(Enriching.CONTEXT, "10.1.1.1", spoofed)).isEqualTo("10.1.1.0");
    for (String damaged : List.of("unknown", "81.2.69.142, ", ",", "81.2.69.999")) {
      assertThat(client(trusting, "10.1.1.1", damaged)).as(damaged).isEmpty();
    }
    String hops =
        IntStream.range(0, 50).mapToObj(i -> "10.0.0." + i).collect(Collectors.joining(", "));
    assertThat(client(trusting, "10.1.1.1", "81.2.69.142, " + hops)).isEmpty();
    assertThat(client(trusting, "10.1.1.1", hops.replace("10.", "11."))).isEqualTo("11.0.0.0");
  }

  private static String client(EnrichmentContext context, String ip, String forwardedFor) {
    return event(context, raw().setClientIp(ip).setXForwardedFor(forwardedFor)).getClientAddress();
  }

  @Test
  void a_visitor_without_address_or_cookie_is_nobody() {
    for (String address : List.of("", "-", "300.1.1.1", "1:2:3")) {
      EnrichedLog event = event(raw().setClientIp(address));
      assertThat(event.getVisitorId()).isZero();
      assertThat(event.getVisitorIdKind()).isEmpty();
      assertThat(event.getGeoCountryIsoCode()).isEmpty();
    }
    assertThat(event(raw().setClientIp("::ffff:81.2.69.142")).getVisitorId())
        .isEqualTo(event(raw()).getVisitorId());
  }

  @Test
  void a_sessions_cookie_is_never_seen_but_always_the_same() {
    EnrichmentContext context = privacy("v", "s", Set.of());
    EnrichedLog event = event(context, raw().setCookie("v=x;%20s=x"));
    assertThat(event.getSessionId()).hasSize(16).matches("[0-9a-f]+");
    assertThat(event.getSessionId()).isNotEqualTo(Long.toHexString(event.getVisitorId()));
    assertThat(event(context, raw().setCookie("s=x")).getSessionId())
        .isEqualTo(event.getSessionId());
    assertThat(event(context, raw().setCookie("s=y")).getSessionId())
        .isNotEqualTo(event.getSessionId());
    assertThat(event(context, raw()).getSessionId()).isEmpty();
  }

  private EnrichmentContext stored() {
    return new EnrichmentContext(
        new BundledDatasets(),
        EnrichmentSettings.defaults(),
        new StoredVisitorKeys(new Directory(folder.resolve("keys"))));
  }

  @Test
  void ids_can_be_made_again_while_their_days_key_exists_and_never_after() throws Exception {
    EnrichedLog before = event(stored(), raw());
    assertThat(event(stored(), raw()).getVisitorId()).isEqualTo(before.getVisitorId());
    assertThat(
            event(stored(), raw().setTimeUs(Enriching.us("2026-11-24T10:00:00Z"))).getVisitorId())
        .isNotEqualTo(before.getVisitorId());
    StoredVisitorKeys keys = new StoredVisitorKeys(new Directory(folder.resolve("keys")));
    assertThat(keys.destroyBefore(LocalDate.parse("2026-11-24")))
        .containsExactly(LocalDate.parse("2026-11-23"));
    assertThat(keys.destroyBefore(LocalDate.parse("2026-11-24"))).isEmpty();
    assertThat(keys.days().toString()).isEqualTo("{2026-11-23=false, 2026-11-24=true}");
    EnrichedLog after = event(stored(), raw());
    assertThat(after.getVisitorId()).isZero();
    assertThat(after.getVisitorIdKind()).isEqualTo("none");
    assertThat(after.getGeoCountryIsoCode()).isEqualTo("GB");
    assertThat(
            event(stored(), raw().setTimeUs(Enriching.us("2026-11-24T10:00:00Z"))).getVisitorId())
        .isNotZero();
  }

  @Test
  void of_many_processes_that_make_a_days_key_at_once_all_get_the_same() {
    LocalDate day = LocalDate.parse("2026-11-23");
    Set<String> made =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(
                i ->
                    java.util.HexFormat.of()
                        .formatHex(
                            new StoredVisitorKeys(new Directory(folder.resolve("k")))
                                .ofDay(day)
                                .orElseThrow()))
            .collect(Collectors.toSet());
    assertThat(made).hasSize(1);
  }

  @Test
  void a_damaged_key_is_named_and_not_used() throws IOException {
    Files.createDirectories(folder.resolve("d"));
    Files.writeString(folder.resolve("d/2026-11-23.key"), "abc");
    StoredVisitorKeys keys = new StoredVisitorKeys(new Directory(folder.resolve("d")));
    assertThatThrownBy(() -> keys.ofDay(LocalDate.parse("2026-11-23")))
        .hasMessageContaining("2026-11-23.key");
  }
}
