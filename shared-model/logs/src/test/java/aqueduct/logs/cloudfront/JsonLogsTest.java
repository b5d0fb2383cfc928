// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.Streamed;
import aqueduct.wire.RawLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden case 4, FAULTS row 22: standard logs v2 as JSON. */
class JsonLogsTest {
  @Test
  void json_has_the_names_as_keys_in_any_order() {
    Map<String, String> values = Lines.v2Values();
    Random random = new Random(4);
    for (int i = 0; i < 20; i++) {
      List<String> names = new ArrayList<>(values.keySet());
      Collections.shuffle(names, random);

      assertThat(Streamed.text(json(names, values), json(names, values)).events)
          .extracting(Lines::canonical)
          .containsExactly(Lines.v2("v2_json"), Lines.v2("v2_json"));
    }
  }

  private static String json(List<String> names, Map<String, String> values) {
    List<String> members = new ArrayList<>();
    for (String name : names) {
      members.add('"' + name + "\":\"" + values.get(name).replace("/", "\\/") + '"');
    }
    return '{' + String.join(",", members) + '}';
  }

  @Test
  void json_stays_json_whatever_header_lines_are_among_its_objects() {
    String json = "{\"timestamp(ms)\":\"1575493351250\",\"sc-status\":\"200\"}";
    String header = Lines.header(List.of("timestamp(ms)", "sc-status"));
    assertThat(Streamed.text(json, header, json).events)
        .extracting(RawLog::getSourceFormat)
        .containsExactly("v2_json", "v2_json");
    assertThat(Streamed.text(header, json).event().getSourceFormat()).isEqualTo("v2_json");
    // And a stray object makes no JSON of a standard log.
    assertThat(Streamed.text(header, "1575493351250\t200", json).reasons()).hasSize(1);
    assertThat(Streamed.text(header, "{\"a\":1}", "1575493351250\t200").reasons()).hasSize(1);
  }

  @Test
  void json_without_request_id_has_the_id_of_its_line() {
    RawLog event =
        Streamed.text("{\"timestamp(ms)\":\"1575493351250\",\"sc-status\":\"200\"}").event();

    assertThat(event.getEventId()).isEqualTo(aqueduct.logs.RequestId.hash(event.getFileId(), 1));
    assertThat(event.getTimeResolutionUs()).isEqualTo(1000);
    assertThat(event.getSourceFormat()).isEqualTo("v2_json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\\"a\\\" \\\\ \\/ | \"a\" \\ /",
        "\\u0041\\u00e9\\u20ac\\ud83d\\ude00 | A\u00e9\u20ac\ud83d\ude00",
        "\\ud83d x \\ude00 | \ufffd x \ufffd",
        "\u597d | \u597d",
      })
  void json_escapes_are_undone(String escaped, String text) {
    RawLog event =
        Streamed.text(
                "{\"date\":\"2019-12-04\",\"time\":\"21:02:31\",\"sc-status\":\"200\",\"x-\\u006e\\\"w\":\""
                    + escaped
                    + "\",\"cs(User-Agent)\":\""
                    + escaped
                    + "\"}")
            .event();

    assertThat(event.getUserAgentOriginal()).isEqualTo(text);
    assertThat(event.getExtraMap()).containsEntry("x-n\"w", text);
  }

  @Test
  void json_values_that_are_no_strings_are_taken_as_written_and_null_is_absent() {
    RawLog event =
        Streamed.text(
                "{ \"timestamp(ms)\" : 1575493351250 ,"
                    + " \"sc-status\":200,\"cs-method\":null,\"x\":true }")
            .event();

    assertThat(event.getHttpResponseStatusCode()).isEqualTo(200);
    assertThat(event.getHttpRequestMethod()).isEmpty();
    assertThat(event.getExtraMap()).containsExactly(Map.entry("x", "true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}x",
        "{\"a\":{}}",
        "{\"a\":[1]}",
        "{\"a\"}",
        "{\"a\":\"b\",}",
        "[]",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"b",
        "{\"\":\"b\"}",
        "nonsense",
        "{\"a\":\"b\\\"}",
        "{\"a\":}"
      })
  void a_line_that_is_no_flat_object_is_rejected_and_the_rest_goes_on(String line) {
    String good = "{\"timestamp(ms)\":\"1575493351250\",\"sc-status\":\"200\"}";

    Streamed streamed = Streamed.text(good, line, good);

    assertThat(streamed.reasons()).containsExactly("bad_json");
    assertThat(streamed.rejections.get(0).getLine()).isEqualTo(2);
    assertThat(streamed.rejections.get(0).getData().toStringUtf8()).isEqualTo(line);
    assertThat(streamed.events).hasSize(2);
  }

  @Test
  void json_with_too_many_or_too_long_names_is_rejected_and_a_repeated_one_is_extra() {
    String good = "{\"timestamp(ms)\":\"1575493351250\",\"sc-status\":\"200\"";
    StringBuilder many = new StringBuilder(good);
    for (int i = 0; i < 99; i++) {
      many.append(",\"x-").append(i).append("\":\"\"");
    }

    Streamed streamed =
        Streamed.text(
            good + "}",
            many + "}",
            good + ",\"" + "n".repeat(65) + "\":\"\"}",
            good + ",\"sc-status\":\"404\"}");

    assertThat(streamed.reasons()).containsExactly("bad_json", "bad_json");
    assertThat(streamed.events.get(1).getHttpResponseStatusCode()).isEqualTo(200);
    assertThat(streamed.events.get(1).getExtraMap()).containsExactly(Map.entry("sc-status", "404"));
  }

  @Test
  void a_file_of_many_different_keys_is_read_in_bounded_memory() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      lines.add(
          "{\"timestamp(ms)\":\"1575493351250\",\"sc-status\":\"200\",\"x-" + i + "\":\"v\"}");
    }

    Streamed streamed = Streamed.text(lines.toArray(String[]::new));

    assertThat(streamed.events).hasSize(2_000);
    assertThat(streamed.events.get(1_999).getExtraMap()).containsExactly(Map.entry("x-1999", "v"));
  }
}
