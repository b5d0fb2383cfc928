// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.CanonicalJson;
import aqueduct.logs.Streamed;
import aqueduct.wire.RawLog;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden cases 2 and 3, FAULTS row 21: what the viewer sent. */
class DecodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mozilla/5.0%20(Win)  | Mozilla/5.0 (Win)",
        "say%20%22hi%22       | say \"hi\"",
        "a+b%20c+d            | a+b c+d",
        "odd%20%2541          | odd %41",
        "dangling%20%         | dangling %",
        "dangling%20%4        | dangling %4",
        "bad%20%zz%4g%        | bad %zz%4g%",
        "lower%20%c3%b8       | lower ø",
      })
  void agents_are_decoded_once(String logged, String sent) {
    assertThat(Lines.agents(logged).get(0).getUserAgentOriginal()).isEqualTo(sent);
  }

  @Test
  void agents_of_the_double_encoded_era_are_decoded_twice() {
    List<RawLog> events = Lines.agents("Mozilla/5.0%2520(iPhone;%2520%252541)", "-", "x%2522y");

    assertThat(events)
        .extracting(RawLog::getUserAgentOriginal)
        .containsExactly("Mozilla/5.0 (iPhone; %41)", "", "x\"y");
    assertThat(events).extracting(RawLog::getEncodingPasses).containsOnly(2);
  }

  @Test
  void one_agent_with_a_single_encoded_space_makes_the_file_single_encoded() {
    List<RawLog> events = Lines.agents("a%2520b", "a%20b");

    assertThat(events).extracting(RawLog::getUserAgentOriginal).containsExactly("a%20b", "a b");
    assertThat(events).extracting(RawLog::getEncodingPasses).containsOnly(1);
  }

  @Test
  void without_any_space_a_file_is_single_encoded() {
    assertThat(Lines.agents("x%2541").get(0).getUserAgentOriginal()).isEqualTo("x%41");
  }

  @Test
  void the_rule_looks_at_agents_only_and_the_referrer_follows_it() {
    RawLog single =
        Lines.event("cs(User-Agent)", "x", "cs(Referer)", "h/%2520", "cs-uri-stem", "/%2520");
    RawLog twice =
        Lines.event("cs(User-Agent)", "x%2520y", "cs(Referer)", "h/%2520", "cs-uri-stem", "/%2520");

    assertThat(single.getReferrer()).isEqualTo("h/%20");
    assertThat(twice.getReferrer()).isEqualTo("h/ ");
    assertThat(single.getUrlPath()).isEqualTo("/%20");
    assertThat(twice.getUrlPath()).isEqualTo("/%20");
  }

  @Test
  void the_rule_is_decided_by_the_files_first_256_kib() {
    String[] agents = new String[3_000];
    java.util.Arrays.fill(agents, "a%2520b");
    agents[2_999] = "a%20b";

    assertThat(Lines.agents(agents)).extracting(RawLog::getEncodingPasses).containsOnly(2);
    agents[10] = "a%20b";
    assertThat(Lines.agents(agents)).extracting(RawLog::getEncodingPasses).containsOnly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/words/%25E5%25A5%25BD/, /words/%E5%A5%BD/",
    "/a+b, /a+b",
    "/100%, /100%",
    "/%zz, /%zz",
    "/%E5%A5%BD, /好",
  })
  void a_path_is_decoded_once(String logged, String sent) {
    assertThat(Lines.event("cs-uri-stem", logged).getUrlPath()).isEqualTo(sent);
  }

  @Test
  void query_and_cookie_stay_as_logged() {
    RawLog event = Lines.event("cs-uri-query", "q=a+b%2520c%zz", "cs(Cookie)", "v=%2520");

    assertThat(event.getQuery()).isEqualTo("q=a+b%2520c%zz");
    assertThat(event.getCookie()).isEqualTo("v=%2520");
  }

  @Test
  void nul_and_line_separators_are_data_and_escaped_for_people() {
    RawLog event = Lines.event("cs-uri-stem", "/a%00b%E2%80%A8c%0Ad");

    assertThat(event.getUrlPath()).isEqualTo("/a\0b\u2028c\nd");
    assertThat(CanonicalJson.write(event)).contains("/a\\u0000b\\u2028c\\u000ad");
  }

  @ParameterizedTest
  @CsvSource({
    "/%FF, /\uFFFD",
    "/%C3, /\uFFFD",
    "/%C3%28, /\uFFFD(",
    "/%ED%A0%80, /\uFFFD\uFFFD\uFFFD",
    "/%C0%AF, /\uFFFD\uFFFD",
    "/%F0%9F%92, /\uFFFD",
    "/%F4%90%80%80, /\uFFFD\uFFFD\uFFFD\uFFFD",
    "/%F0%9F%98%80, /😀",
  })
  void what_is_not_utf8_is_replaced(String logged, String stored) {
    assertThat(Lines.event("cs-uri-stem", logged).getUrlPath()).isEqualTo(stored);
  }

  @Test
  void any_bytes_in_any_column_give_legal_events_that_agree_with_the_jdk() throws Exception {
    Random random = new Random(21);
    for (int i = 0; i < 3_000; i++) {
      byte[] hostile = new byte[random.nextInt(40)];
      random.nextBytes(hostile);
      for (int at = 0; at < hostile.length; at++) {
        boolean structure = hostile[at] <= ' ' && hostile[at] >= 0 || hostile[at] == '%';
        // The JDK makes one U+FFFD of a surrogate, the Unicode standard (and we) three.
        hostile[at] = structure || hostile[at] == (byte) 0xed ? (byte) 'x' : hostile[at];
      }
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.write("#Fields: date time sc-status cs-uri-stem cs(Cookie) x\n".getBytes());
      file.write("2019-12-04\t21:02:31\t200\t/".getBytes());
      file.write(hostile);
      file.write("\tc".getBytes());
      file.write(hostile);
      file.write("\te".getBytes());
      file.write(hostile);

      RawLog event = Streamed.of(file.toByteArray()).event();

      String expected = new String(hostile, StandardCharsets.UTF_8);
      assertThat(event.getUrlPath()).isEqualTo("/" + expected);
      assertThat(event.getCookie()).isEqualTo("c" + expected);
      assertThat(event.getExtraOrThrow("x")).isEqualTo("e" + expected);
      assertThat(ByteString.copyFrom(event.toByteArray())).isNotNull();
    }
  }

  @Test
  void a_url_of_8192_bytes_is_an_event() {
    String path = "/" + "%41".repeat(2_730) + "x";

    assertThat(Lines.event("cs-uri-stem", path).getUrlPath())
        .isEqualTo("/" + "A".repeat(2_730) + "x");
  }
}
