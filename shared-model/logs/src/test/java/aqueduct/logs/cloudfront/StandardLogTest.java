// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.Codec;
import aqueduct.logs.ReadLimits;
import aqueduct.logs.RequestId;
import aqueduct.logs.Streamed;
import aqueduct.wire.RawLog;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden case 1, FAULTS row 18: which columns a line has. */
class StandardLogTest {
  @Test
  void all_33_columns_become_fields() {
    RawLog event = Lines.event();

    assertThat(event.toBuilder().clearFileId().build())
        .isEqualTo(
            RawLog.newBuilder()
                .setLine(3)
                .setTimeUs(1_575_493_351_000_000L)
                .setTimeResolutionUs(1_000_000)
                .setClientIp("192.0.2.100")
                .setXForwardedFor("203.0.113.9")
                .setHttpRequestMethod("GET")
                .setCdnDomain("d111.cloudfront.net")
                .setUrlDomain("www.example.com")
                .setUrlPath("/index.html")
                .setHttpResponseStatusCode(200)
                .setReferrer("https://example.org/from")
                .setUserAgentOriginal("curl/7.55.1")
                .setQuery("a=b")
                .setCookie("c=d")
                .setCdnResultType("Hit")
                .setEventId(
                    RequestId.hash("SOX4xwn4XV6Q==".getBytes(StandardCharsets.UTF_8), 0, 14))
                .setUrlScheme("https")
                .setHttpRequestSize(23)
                .setHttpResponseSize(392)
                .setTimeTakenMs(1)
                .setTlsProtocolVersion("TLSv1.2")
                .setTlsCipher("ECDHE-RSA-AES128-GCM-SHA256")
                .setCdnResponseResultType("Miss")
                .setNetworkProtocolName("http")
                .setNetworkProtocolVersion("2.0")
                .setFleStatus("Processed")
                .setFleEncryptedFields("3")
                .setClientPort(11040)
                .setTimeToFirstByteMs(1250)
                .setCdnDetailedResultType("OriginShieldHit")
                .setHttpResponseMimeType("text/html; charset=UTF-8")
                .setHttpResponseContentLength(78)
                .setRangeStart(10)
                .setRangeEnd(20)
                .setCdnEdgeLocation("LAX1")
                .setSiteDistributionId("E2SAMPLES00001")
                .setSourceFormat("v1")
                .setEncodingPasses(1)
                .build());
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 15, 18, 19, 23, 24, 26, 33})
  void lines_without_header_are_read_by_width(int width) {
    RawLog event = Streamed.text(Lines.ofWidth(width)).event();

    RawLog.Builder whole = Lines.event().toBuilder().setFileId(event.getFileId()).setLine(1);
    List<Column> missing = Column.first(33).subList(width, 33);
    missing.forEach(column -> clear(whole, column));
    if (width < 15) {
      whole.setEventId(RequestId.hash(event.getFileId(), 1));
    }
    assertThat(event).isEqualTo(whole.build());
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 15, 18, 19, 23, 24, 26, 33, 35})
  void one_more_column_is_let_pass_if_empty(int width) {
    String line = width == 35 ? Lines.ofWidth(33) + "\tE1\td1" : Lines.ofWidth(width);

    assertThat(Streamed.text(line + "\t").events).hasSize(1);
    assertThat(Streamed.text(line, line + "\tx".repeat(50)).reasons())
        .containsExactly("unknown_width");
  }

  @Test
  void staging_distributions_have_35_columns_with_or_without_header() {
    Map<String, String> values = Lines.values();
    values.put("primary-distribution-id", "E1PRIMARY");
    values.put("primary-distribution-dns-name", "d222.cloudfront.net");
    Map<String, String> extra =
        Map.of(
            "primary-distribution-id",
            "E1PRIMARY",
            "primary-distribution-dns-name",
            "d222.cloudfront.net");

    assertThat(
            Lines.event(
                    "primary-distribution-id",
                    "E1PRIMARY",
                    "primary-distribution-dns-name",
                    "d222.cloudfront.net")
                .getExtraMap())
        .isEqualTo(extra);
    assertThat(Streamed.text(Lines.line(values.values())).event().getExtraMap()).isEqualTo(extra);
  }

  @Test
  void columns_are_found_by_name_in_any_order() {
    RawLog expected = Lines.event();
    Random random = new Random(18);
    for (int i = 0; i < 50; i++) {
      List<String> names = new ArrayList<>(Lines.values().keySet());
      Collections.shuffle(names, random);
      String line = Lines.line(names.stream().map(Lines.values()::get).toList());

      RawLog event = Streamed.text(Lines.VERSION, Lines.header(names), line).event();

      assertThat(event.toBuilder().setFileId(expected.getFileId()).build()).isEqualTo(expected);
    }
  }

  @Test
  void unknown_and_repeated_columns_are_kept_by_name_and_absent_ones_are_absent() {
    RawLog event =
        Streamed.text(
                "#Fields: x-new date time cs-method sc-status cs-method x-dash",
                Lines.line(List.of("n%20w", "2019-12-04", "21:02:31", "GET", "200", "PUT", "-")))
            .event();

    assertThat(event.getExtraMap()).isEqualTo(Map.of("x-new", "n%20w", "cs-method", "PUT"));
    assertThat(event.getHttpRequestMethod()).isEqualTo("GET");
    assertThat(event.getUrlPath()).isEmpty();
    assertThat(event.hasHttpResponseSize()).isFalse();
  }

  @Test
  void what_the_edge_may_add_under_a_version_line_has_its_fields() {
    RawLog event =
        Lines.event("c-country", "DK", "asn", "64500", "origin-fbl", "0.25", "origin-lbl", "0.5");

    assertThat(event.getEdgeCountry()).isEqualTo("DK");
    assertThat(event.getEdgeAsn()).isEqualTo(64500);
    assertThat(event.getOriginFblMs()).isEqualTo(250);
    assertThat(event.getOriginLblMs()).isEqualTo(500);
    assertThat(event.getExtraMap()).isEmpty();
  }

  @Test
  void the_header_may_change_half_way_and_gzip_members_may_be_joined() throws Exception {
    String first =
        Lines.VERSION
            + "\n"
            + Lines.header(Lines.values().keySet())
            + "\n"
            + Lines.ofWidth(33)
            + "\n";
    String second = Lines.VERSION + "\n#Fields: time sc-status date\n21:02:32\t404\t2019-12-04\n";
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(Streamed.gzip(first.getBytes(StandardCharsets.UTF_8)));
    joined.write(Streamed.gzip(second.getBytes(StandardCharsets.UTF_8)));

    Streamed streamed = Streamed.of(joined.toByteArray());

    assertThat(streamed.rejections).isEmpty();
    assertThat(streamed.events).extracting(RawLog::getLine).containsExactly(3, 6);
    assertThat(streamed.events)
        .extracting(RawLog::getHttpResponseStatusCode)
        .containsExactly(200, 404);
  }

  @Test
  void a_header_longer_than_the_limit_of_lines_is_read_wherever_it_stands() {
    String header = Lines.header(Lines.values().keySet());
    String part = header + "\n" + Lines.ofWidth(33) + "\n#" + "c".repeat(5_000) + "\n";
    byte[] file = ("\ufeff" + part.repeat(500)).getBytes(StandardCharsets.UTF_8);
    int limit = header.length() - 100;
    assertThat(Lines.ofWidth(33)).hasSizeLessThan(limit);

    Streamed streamed = Streamed.of("key", file, Codec.ZSTD, new ReadLimits(1L << 30, 200, limit));

    assertThat(streamed.rejections).isEmpty();
    assertThat(streamed.events).hasSize(500).allMatch(event -> event.getRangeEnd() == 20);
    assertThat(Streamed.text(header, "#" + "c".repeat(300_000), Lines.ofWidth(33)).reasons())
        .as("there is an end to it")
        .containsExactly("too_long");
  }

  @Test
  void lines_under_an_unreadable_header_are_rejected_until_the_next() {
    Streamed streamed =
        Streamed.text(
            Lines.ofWidth(12),
            "#Fields: date time c-ip",
            "2019-12-04\t21:02:31\t-",
            "#Fields: date time sc-status",
            "2019-12-04\t21:02:31\t200");

    assertThat(streamed.reasons()).containsExactly("unreadable_header");
    assertThat(streamed.rejections.get(0).getLine()).isEqualTo(3);
    assertThat(streamed.events).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n"})
  void line_ends_bom_empty_lines_and_a_last_line_without_end(String end) {
    String text =
        "\ufeff"
            + Lines.VERSION
            + end
            + Lines.header(Lines.values().keySet())
            + end
            + end
            + Lines.ofWidth(33)
            + end
            + "\ufeff"
            + Lines.ofWidth(33);

    Streamed streamed = Streamed.of(text.getBytes(StandardCharsets.UTF_8));

    assertThat(streamed.rejections).isEmpty();
    assertThat(streamed.events).extracting(RawLog::getLine).containsExactly(4, 5);
    assertThat(streamed.events).extracting(RawLog::getRangeEnd).containsOnly(20L);
    assertThat(streamed.summary().lines()).isEqualTo(2);
  }

  @Test
  void a_header_of_too_many_columns_is_not_read() {
    Map<String, String> values = new LinkedHashMap<>(Lines.values());
    for (int i = 0; i < 68; i++) {
      values.put("x-" + i, "v");
    }

    assertThat(
            Streamed.text(Lines.VERSION, Lines.header(values.keySet()), Lines.line(values.values()))
                .reasons())
        .containsExactly("missing_columns");
  }

  @Test
  void the_distribution_comes_from_the_delivered_name() {
    assertThat(DeliveredName.distribution("E1.2019-12-04-21.d111111a.gz")).contains("E1");
    assertThat(DeliveredName.distribution("a.b/c/E1.2019-12-04-21.SOX4XWN4XV6.gz")).contains("E1");
    assertThat(DeliveredName.distribution("c/E1.2019-12-04-21.abc")).contains("E1");
    assertThat(DeliveredName.distribution("c/aws-docs-example.log")).isEmpty();
    assertThat(DeliveredName.distribution("E1.2019-12-04-21.x/other.gz")).isEmpty();
  }

  private static void clear(RawLog.Builder builder, Column column) {
    builder.clearField(RawLog.getDescriptor().findFieldByNumber(column.field()));
    if (column == Column.PROTOCOL_VERSION) {
      builder.clearNetworkProtocolVersion();
    }
  }
}
