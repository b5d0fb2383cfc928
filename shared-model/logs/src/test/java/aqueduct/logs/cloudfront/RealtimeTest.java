// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.logs.ReadOne;
import aqueduct.wire.RawLog;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Golden cases 4 and 5: real-time records, whose names and order are not those of standard logs.
 */
class RealtimeTest {
  private static final LocalDate START = LocalDate.of(2019, 1, 1);

  @Test
  void the_same_request_gives_the_same_event_but_for_its_clock_and_format() {
    RawLog event = read(RealtimeFields.all(), values());

    assertThat(Lines.canonical(event).toBuilder().clearExtra().build())
        .isEqualTo(Lines.v2("realtime"));
    assertThat(event.getExtraMap())
        .containsOnlyKeys(
            "s-ip",
            "c-ip-version",
            "cs-accept",
            "cs-accept-encoding",
            "cs-header-names",
            "cs-headers-count",
            "cmcd-content-id",
            "r-host");
  }

  @Test
  void a_path_is_decoded_once() {
    Map<String, String> values = values();
    values.put("cs-uri-stem", "/a%2520b%20c?q=1");

    RawLog event = read(RealtimeFields.all(), values);

    assertThat(event.getUrlPath()).isEqualTo("/a%20b c");
  }

  @Test
  void records_have_their_fields_in_the_order_of_aws_whatever_order_was_chosen() {
    Random random = new Random(5);
    List<String> all = new ArrayList<>(RealtimeFields.all());
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(all, random);
      List<String> chosen = new ArrayList<>(all.subList(0, 5 + random.nextInt(60)));
      chosen.addAll(
          List.of("timestamp", "sc-status").stream().filter(n -> !chosen.contains(n)).toList());

      RawLog event = read(chosen, values());

      assertThat(event.getTimeUs()).isEqualTo(1_575_493_351_250_000L);
      assertThat(event.getHttpResponseStatusCode()).isEqualTo(200);
      assertThat(event.getUrlDomain())
          .isEqualTo(chosen.contains("cs-host") ? "www.example.com" : "");
      assertThat(event.getQuery())
          .isEqualTo(
              chosen.contains("cs-uri-query") || chosen.contains("cs-uri-stem") ? "a=b" : "");
    }
  }

  @Test
  void a_new_field_of_unknown_place_stands_behind_the_others() {
    RawLog event =
        ReadOne.line(
            RealtimeFields.of(
                    Map.of(START, List.of("viewer-request-log-data", "sc-status", "timestamp")))
                ::reader,
            "1575493351.250\t200\ttag=1");

    assertThat(event.getCdnFunctionData()).isEqualTo("tag=1");
  }

  @Test
  void the_list_of_fields_is_that_of_the_records_date() {
    RealtimeFields fields =
        RealtimeFields.of(
            Map.of(
                LocalDate.of(2019, 12, 1), List.of("timestamp", "sc-status", "cs-method"),
                LocalDate.of(2019, 12, 5), List.of("timestamp", "sc-status", "c-country"),
                LocalDate.of(2020, 1, 1), List.of("timestamp", "sc-status")));

    assertThat(ReadOne.line(fields::reader, "1575493351.250\t200\tGET").getHttpRequestMethod())
        .isEqualTo("GET");
    assertThat(ReadOne.line(fields::reader, "1575503999.999\t200\tDK").getHttpRequestMethod())
        .isEqualTo("DK");
    assertThat(ReadOne.line(fields::reader, "1575504000\t200\tDK").getEdgeCountry())
        .isEqualTo("DK");
    assertThat(ReadOne.line(fields::reader, "1575493351\t200").getHttpResponseStatusCode())
        .as("the list was changed early: the only one of two fields")
        .isEqualTo(200);
    assertThat(ReadOne.problem(fields::reader, "1600000000\t200\tGET"))
        .as("two lists have three fields")
        .isEqualTo("unknown_width");
    assertThat(ReadOne.problem(fields::reader, "x\t200\tGET")).isEqualTo("bad_time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1;%20v=22 | a=1;%20v=22",
        "a=1;%20v=PAD%2 | a=1",
        "a=1;%20b=2;%20v=PAD | a=1;%20b=2",
        "PAD |",
      })
  void a_cookie_cut_at_800_bytes_loses_the_pair_that_was_cut(String logged, String kept) {
    String pad = "x".repeat(800);
    String cookie = logged.replace("PAD", pad);
    cookie = cookie.substring(0, Math.min(800, cookie.length()));

    RawLog event =
        ReadOne.line(
            RealtimeFields.of(Map.of(START, List.of("timestamp", "sc-status", "cs-cookie")))
                ::reader,
            "1575493351.250\t200\t" + cookie);

    assertThat(event.getCookie()).isEqualTo(kept == null ? "" : kept);
  }

  @Test
  void a_cut_escape_at_the_end_of_any_field_does_no_harm() {
    RawLog event =
        ReadOne.line(
            RealtimeFields.of(Map.of(START, List.of("timestamp", "sc-status", "cs-user-agent")))
                ::reader,
            "1575493351.250\t200\tMozilla/5.0%20(X11%2");

    assertThat(event.getUserAgentOriginal()).isEqualTo("Mozilla/5.0 (X11%2");
  }

  @Test
  void all_headers_do_not_travel_since_they_hold_cookies_and_tokens() {
    RawLog event = read(RealtimeFields.all(), values());

    assertThat(event.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "'timestamp,sc-status,sc-status', has a field twice",
    "'sc-status,cs-uri-stem', lacks timestamp",
    "'timestamp,c-ip', lacks both",
  })
  void a_list_that_cannot_make_events_is_refused_by_its_date(String names, String why) {
    assertThatThrownBy(() -> RealtimeFields.of(Map.of(START, List.of(names.split(",")))))
        .hasMessageContaining("2019-01-01")
        .hasMessageContaining(why);
  }

  private static RawLog read(List<String> chosen, Map<String, String> values) {
    List<String> ordered = RealtimeFields.all().stream().filter(chosen::contains).toList();
    String line = Lines.line(ordered.stream().map(name -> values.getOrDefault(name, "-")).toList());
    return ReadOne.line(RealtimeFields.of(Map.of(START, chosen))::reader, line);
  }

  /** The request of {@link Lines#values()} as the real-time log has it. */
  private static Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    Lines.values()
        .forEach(
            (name, value) ->
                values.put(
                    name.replace("cs(", "cs-").replace(")", "").toLowerCase(java.util.Locale.ROOT),
                    value));
    values.put("timestamp", "1575493351.250");
    values.put("cs-host", "www.example.com");
    values.put("x-host-header", "d111.cloudfront.net");
    values.put("cs-uri-stem", "/index.html?a=b");
    values.put("s-ip", "192.0.2.7");
    values.put("c-ip-version", "IPv4");
    values.put("cs-accept", "*/*");
    values.put("cs-accept-encoding", "gzip");
    values.put("cs-headers", "Host:x%0AAuthorization:secret%0ACookie:secret");
    values.put("cs-header-names", "Host%0AAuthorization");
    values.put("cs-headers-count", "2");
    values.put("cmcd-content-id", "film");
    values.put("r-host", "origin");
    return values;
  }
}
