// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.Streamed;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden case 4, FAULTS row 22: standard logs v2, in W3C form and in what both forms share. */
class V2LogsTest {
  private static final String FILE = "E2SAMPLES00001.2019-12-04-21.d111111a.gz";

  @ParameterizedTest
  @ValueSource(strings = {"\t", ",", "|", "||", " ", ", ", "::", "\u0001", "<=-=>", "|~|", "%%"})
  void w3c_with_any_delimiter_in_any_order_without_version(String delimiter) {
    Map<String, String> values = Lines.v2Values();
    Random random = new Random(delimiter.hashCode());
    for (int i = 0; i < 20; i++) {
      List<String> names = new ArrayList<>(values.keySet());
      Collections.shuffle(names, random);
      String line = String.join(delimiter, names.stream().map(values::get).toList());

      assertThat(Streamed.text(Lines.header(names), line, line).events)
          .extracting(Lines::canonical)
          .containsExactly(Lines.v2("v2_w3c"), Lines.v2("v2_w3c"));
    }
  }

  @Test
  void the_names_may_stand_between_the_delimiter_too() {
    assertThat(
            Streamed.text(
                    "#Fields: timestamp(ms),cs-uri-stem,sc-status", "1575493351250,/a%20b,200")
                .event()
                .getUrlPath())
        .isEqualTo("/a b");
  }

  @Test
  void a_delimiter_is_not_mistaken_for_a_longer_one_when_all_values_are_absent() {
    RawLog event =
        Streamed.text("#Fields: timestamp(ms) sc-status cs-method asn", "1575493351250|-|-|-")
            .event();

    assertThat(event.hasHttpResponseStatusCode()).isFalse();
    assertThat(event.getTimeUs()).isEqualTo(1_575_493_351_250_000L);
  }

  @Test
  void without_header_35_columns_are_the_default_of_v2_or_those_of_staging() {
    RawLog event = Streamed.text(Lines.ofWidth(33) + "\tDK\t/images/*").event();

    assertThat(event.getEdgeCountry()).isEqualTo("DK");
    assertThat(event.getCdnCacheBehavior()).isEqualTo("/images/*");
    assertThat(Streamed.text(Lines.ofWidth(33) + "\tE1PRIMARY\td1").event().getExtraCount())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "1575493351250, 1575493351250000",
    "0, 0",
    "4102444799999, 4102444799999000",
    "4102444800000, -1",
    "1575493351.25, -1",
    "x, -1",
  })
  void timestamps_are_milliseconds(String logged, long us) {
    Streamed streamed =
        Streamed.text("#Fields: timestamp(ms) sc-status", "1575493351250\t200", logged + "\t200");

    if (us < 0) {
      assertThat(streamed.reasons()).containsExactly("bad_time");
    } else {
      assertThat(streamed.events.get(1).getTimeUs()).isEqualTo(us);
    }
  }

  @Test
  void a_missing_timestamp_falls_back_on_date_and_time() {
    RawLog event =
        Streamed.text("#Fields: timestamp(ms) date time sc-status", "-\t2019-12-04\t21:02:31\t200")
            .event();

    assertThat(event.getTimeUs()).isEqualTo(1_575_493_351_000_000L);
    assertThat(event.getTimeResolutionUs()).isEqualTo(1_000_000);
  }

  @Test
  void what_functions_log_and_what_only_v2_knows_has_its_fields() {
    RawLog event =
        Streamed.text(
                "#Fields: timestamp(ms) sc-status viewer-request-log-data viewer-response-log-data"
                    + " connection-id distribution-tenant-id asn origin-fbl",
                "1575493351250\t200\ta=1\tb=2\tc3\tdt_4\t64500\t0.5")
            .event();

    assertThat(event.getCdnFunctionData()).isEqualTo("a=1");
    assertThat(event.getExtraMap())
        .isEqualTo(Map.of("viewer-response-log-data", "b=2", "connection-id", "c3"));
    assertThat(event.getSiteTenantId()).isEqualTo("dt_4");
    assertThat(event.getEdgeAsn()).isEqualTo(64500);
    assertThat(event.getOriginFblMs()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "AWSLogs/111122223333/CloudFront/DistributionId=E1KEY/year=2024/month=11/day=19/hour=04/"
        + FILE
        + ",E1KEY",
    "a/distributionid=E1KEY/" + FILE + ",E1KEY",
    "AWSLogs/111122223333/CloudFront/EDFDVBD6EXAMPLE/2024/11/19/" + FILE + ",EDFDVBD6EXAMPLE",
    "logs/" + FILE + ",EFIELD",
    "logs/some.gz,EFIELD",
  })
  void the_distribution_comes_from_the_key_then_the_field(String key, String distribution) {
    byte[] text =
        "#Fields: timestamp(ms) sc-status DistributionId\n1575493351250\t200\tEFIELD"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(Streamed.of(key, text).event().getSiteDistributionId()).isEqualTo(distribution);
  }

  @Test
  void the_distribution_comes_from_the_files_name_where_key_and_field_say_nothing() {
    byte[] text =
        "#Fields: timestamp(ms) sc-status distributionid\n1575493351250\t200\t-"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(Streamed.of("logs/" + FILE, text).event().getSiteDistributionId())
        .isEqualTo("E2SAMPLES00001");
  }
}
