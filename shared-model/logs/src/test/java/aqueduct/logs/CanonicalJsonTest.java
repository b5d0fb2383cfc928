// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  @Test
  void names_are_nested_by_their_dots_and_values_are_as_documented() {
    EnrichedLog event =
        EnrichedLog.newBuilder()
            .setFileId(0xfedcba9876543210L)
            .setLine(7)
            .setTimeUs(1_575_493_351_000_001L)
            .setHttpResponseStatusCode(0)
            .setHttpResponseSize(Long.MAX_VALUE)
            .setUserAgentOriginal("say \"hi\" \\")
            .setUserAgentName("Curl")
            .setGeoLocationLat(55.5)
            .setGeoLocationLon(Double.NaN)
            .addBotIndicators("list")
            .addBotIndicators("asn")
            .putExtra("b", "2")
            .putExtra("a", "1")
            .build();

    assertThat(CanonicalJson.write(event))
        .isEqualTo(
            "{\"source\":{\"file_id\":\"fedcba9876543210\",\"line\":7},"
                + "\"event\":{\"time\":\"2019-12-04T21:02:31.000001Z\"},"
                + "\"http\":{\"response\":{\"status_code\":0,\"size\":9223372036854775807}},"
                + "\"cdn\":{\"cache_hit\":false},"
                + "\"user_agent\":{\"original\":\"say \\\"hi\\\" \\\\\",\"name\":\"Curl\"},"
                + "\"extra\":{\"a\":\"1\",\"b\":\"2\"},"
                + "\"geo\":{\"location\":{\"lat\":55.5,\"lon\":null}},"
                + "\"bot\":{\"is_bot\":false,\"indicators\":[\"list\",\"asn\"]}}");
  }

  @Test
  void absent_is_left_out() {
    assertThat(CanonicalJson.write(RawLog.getDefaultInstance())).isEqualTo("{}");
    assertThat(CanonicalJson.write(ChunkHeader.newBuilder().setFileId(1).setLines(-1).build()))
        .isEqualTo("{\"file_id\":\"0000000000000001\",\"lines\":4294967295}");
  }

  @Test
  void bytes_are_text_where_they_are_and_base64_where_not() {
    Rejection text = Rejection.newBuilder().setData(ByteString.copyFromUtf8("a\tø")).build();
    Rejection binary = Rejection.newBuilder().setData(ByteString.copyFrom(new byte[] {-1})).build();

    assertThat(CanonicalJson.write(text)).isEqualTo("{\"data\":\"a\\u0009ø\"}");
    assertThat(CanonicalJson.write(binary)).isEqualTo("{\"data_base64\":\"/w==\"}");
  }

  @Test
  void nothing_that_steers_a_terminal_or_ends_a_line_gets_through() throws Exception {
    String hostile =
        "\0\b\t\n\r\u001b[31m\u007f\u0085\u009b\u200e\u200f\u202e\u2066\u2028\u2029\ufeff\ud800x\udb40\udc41";
    RawLog event =
        RawLog.newBuilder().setUserAgentOriginal(hostile).putExtra(hostile, hostile).build();

    String json = CanonicalJson.write(event);

    assertThat(json).matches("[ -~]*");
    assertThat(new ObjectMapper().readTree(json).at("/user_agent/original").asText())
        .isEqualTo(hostile);
  }

  @Test
  void any_text_survives_the_way_through_json() throws Exception {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 97) {
      String text = "a" + Character.toString(point) + "b";
      JsonNode json =
          new ObjectMapper()
              .readTree(CanonicalJson.write(RawLog.newBuilder().setUrlPath(text).build()));
      assertThat(json.at("/url/path").asText()).isEqualTo(text);
    }
  }

  @Test
  void no_canonical_name_is_used_twice_or_is_the_beginning_of_another() {
    for (Descriptor type :
        List.of(RawLog.getDescriptor(), EnrichedLog.getDescriptor(), Rejection.getDescriptor())) {
      TreeSet<String> names = new TreeSet<>();
      for (FieldDescriptor field : type.getFields()) {
        assertThat(names.add(CanonicalShape.name(field))).as("%s once", field).isTrue();
      }
      assertThat(names)
          .allSatisfy(name -> assertThat(names).noneMatch(other -> other.startsWith(name + ".")));
    }
  }

  @Test
  void enriched_keeps_number_type_and_name_of_every_raw_field_that_travels() {
    for (FieldDescriptor enriched : EnrichedLog.getDescriptor().getFields()) {
      FieldDescriptor raw = RawLog.getDescriptor().findFieldByNumber(enriched.getNumber());
      if (enriched.getNumber() < 64) {
        assertThat(raw).as(enriched.getName()).isNotNull();
        assertThat(raw.getType()).isEqualTo(enriched.getType());
        assertThat(CanonicalShape.name(raw)).isEqualTo(CanonicalShape.name(enriched));
      } else {
        assertThat(raw).as(enriched.getName()).isNull();
      }
    }
  }

  @Test
  void messages_are_parsed_by_the_type_that_a_header_names() {
    RawLog event = Chunks.event(3);

    Message parsed = CanonicalJson.parse("RawLog", event.toByteArray());

    assertThat(parsed).isEqualTo(event);
    assertThatThrownBy(() -> CanonicalJson.parse("Log", new byte[0]))
        .hasMessageContaining("RawLog");
    assertThatThrownBy(() -> CanonicalJson.parse("RawLog", new byte[] {9}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a RawLog");
  }
}
