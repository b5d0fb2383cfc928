// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.combined;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.RequestId;
import aqueduct.logs.Samples;
import aqueduct.logs.Streamed;
import aqueduct.wire.RawLog;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache's and NGINX's combined log format, as an example of another reader. */
class CombinedLogTest {
  private static final String LINE =
      "192.0.2.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a%20b?q=%41&r=a+b HTTP/1.1\" 200 2326"
          + " \"http://www.example.com/start.html\" \"Mozilla/4.08 [en] (Win98; I ;Nav)\"";

  @Test
  void all_parts_become_fields() {
    RawLog event = Streamed.text(LINE).event();

    assertThat(event.toBuilder().clearFileId().build())
        .isEqualTo(
            RawLog.newBuilder()
                .setLine(1)
                .setTimeUs(971_211_336_000_000L)
                .setTimeResolutionUs(1_000_000)
                .setClientIp("192.0.2.1")
                .setHttpRequestMethod("GET")
                .setUrlPath("/a%20b")
                .setQuery("q=%2541&r=a+b")
                .setNetworkProtocolName("http")
                .setNetworkProtocolVersion("1.1")
                .setHttpResponseStatusCode(200)
                .setHttpResponseSize(2326)
                .setReferrer("http://www.example.com/start.html")
                .setUserAgentOriginal("Mozilla/4.08 [en] (Win98; I ;Nav)")
                .setEventId(RequestId.hash(event.getFileId(), 1))
                .setSourceFormat("combined")
                .setEncodingPasses(1)
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`www.example.com:443 192.0.2.1 - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/2.0\" 304 -`"
            + " | www.example.com | 192.0.2.1",
        "`192.0.2.1 - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.0\" 200 0` || 192.0.2.1",
        "`2001:db8::1 - - [10/Oct/2000:13:55:36 +0000] \"GET / HTTP/1.0\" 200 0 \"-\" \"-\"` ||"
            + " 2001:db8::1",
      })
  void the_common_form_and_a_virtual_host_before_it_are_read_too(
      String line, String host, String address) {
    RawLog event = Streamed.text(line).event();

    assertThat(event.getUrlDomain()).isEqualTo(host == null ? "" : host);
    assertThat(event.getClientIp()).isEqualTo(address);
    assertThat(event.getUserAgentOriginal()).isEmpty();
    assertThat(event.getUrlPath()).isEqualTo("/");
  }

  @Test
  void what_the_server_escaped_is_undone_and_what_follows_is_kept() {
    String line =
        LINE.replace("Mozilla/4.08", "a\\\"b\\x22\\xe5\\xa5\\xbd\\\\c") + " \"192.0.2.9\" rt=0.1";

    RawLog event = Streamed.text(line).event();

    assertThat(event.getUserAgentOriginal()).startsWith("a\"b\"\u597d\\c [en]");
    assertThat(event.getExtraMap()).isEqualTo(Map.of("more", "\"192.0.2.9\" rt=0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\x16\\x03\\x01", "GET /", "quit", "GET  HTTP/1.1"})
  void a_request_line_that_is_none_is_an_event_all_the_same(String request) {
    RawLog event =
        Streamed.text(
                LINE.replaceFirst("\"GET [^\"]*\"", "\"" + request.replace("\\", "\\\\") + '"'))
            .event();

    assertThat(event.getHttpResponseStatusCode()).isEqualTo(200);
    assertThat(event.getHttpRequestMethod()).isEmpty();
    assertThat(event.getExtraMap()).containsKey("request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "192.0.2.1 - -",
        "[10/Oct/2000:13:55:36 -0700]",
        "a b c [30/Feb/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 1",
        "a b c [10/Oct/2000:24:55:36 -0700] \"GET / HTTP/1.1\" 200 1",
        "a b c [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 2x0 1",
        "a b c [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 x",
        "a b c [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1 200 1",
        "a b c d e [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 1",
      })
  void a_line_of_another_form_is_rejected_and_the_rest_goes_on(String line) {
    Streamed streamed = Streamed.text(LINE, line, LINE);

    assertThat(streamed.events).hasSize(2);
    assertThat(streamed.reasons())
        .isEqualTo(line.isEmpty() ? java.util.List.of() : java.util.List.of("bad_line"));
  }

  @Test
  void ten_thousand_real_lines_are_events() throws Exception {
    byte[] file = Files.readAllBytes(Samples.require("corpus/apache_logs-10k.clf.gz"));

    Streamed streamed = Streamed.of("logs/access.log.gz", file);

    assertThat(streamed.rejections).isEmpty();
    assertThat(streamed.events).hasSize(10_000);
    assertThat(streamed.events).allMatch(event -> !event.getUrlPath().isEmpty());
  }
}
