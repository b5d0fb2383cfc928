// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.wire.EnrichedLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CubeTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:02:03Z");

  private static EnrichedLog.Builder event() {
    return EnrichedLog.newBuilder()
        .setTimeUs(NOON.getEpochSecond() * 1_000_000)
        .setSiteId("www.example.org");
  }

  private static Map<MetricKey, Measures> count(List<EnrichedLog> events) {
    Cube cube = new Cube(ReportSpec.defaults());
    for (EnrichedLog event : events) {
      byte[] bytes = event.toByteArray();
      cube.add(bytes, 0, bytes.length);
    }
    Map<MetricKey, Measures> cells = new HashMap<>();
    cube.deltas().forEachRemaining(delta -> cells.put(delta.key(), delta.measures()));
    return cells;
  }

  private static MetricKey traffic() {
    return new MetricKey(
        "traffic", Instant.parse("2026-11-20T12:00:00Z"), List.of("www.example.org"));
  }

  @Test
  void counts_what_the_event_says() {
    Measures cell =
        count(
                List.of(
                    event()
                        .setEventKind("page_view")
                        .setHttpResponseSize(100)
                        .setHttpResponseStatusCode(200)
                        .setCdnResultType("Hit")
                        .setVisitorId(1)
                        .setTimeTakenMs(500)
                        .build(),
                    event()
                        .setEventKind("error")
                        .setHttpResponseSize(7)
                        .setHttpResponseStatusCode(503)
                        .setCdnResultType("Error")
                        .setVisitorId(1)
                        .build(),
                    event()
                        .setHttpResponseStatusCode(0)
                        .setCdnResultType("Miss")
                        .setVisitorId(2)
                        .build()))
            .get(traffic());
    assertThat(cell.requests()).isEqualTo(3);
    assertThat(cell.pageViews()).isEqualTo(1);
    assertThat(cell.bytesSent()).isEqualTo(107);
    assertThat(cell.cacheHits()).isEqualTo(1);
    assertThat(cell.cacheable()).isEqualTo(2);
    assertThat(List.of(cell.status2xx(), cell.status3xx(), cell.status4xx(), cell.status5xx()))
        .containsExactly(1L, 0L, 0L, 1L);
    assertThat(Math.round(cell.uniqueVisitors())).isEqualTo(2);
    assertThat(cell.durationQuantile(0.5)).isBetween(0.495, 0.505);
  }

  @Test
  void a_bot_is_a_request_but_no_visitor_and_stands_in_its_own_report() {
    Map<MetricKey, Measures> cells =
        count(
            List.of(
                event()
                    .setBotIsBot(true)
                    .setBotName("crawler")
                    .setBotCategory("search")
                    .setVisitorId(9)
                    .setUrlPath("/")
                    .build()));
    assertThat(cells.get(traffic()).requests()).isEqualTo(1);
    assertThat(cells.get(traffic()).uniqueVisitors()).isZero();
    assertThat(cells.keySet())
        .extracting(MetricKey::report)
        .contains("bots")
        .doesNotContain("content");
  }

  @Test
  void any_split_and_any_order_gives_the_same_cells() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      List<EnrichedLog> events = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        events.add(
            event()
                .setSiteId("s" + random.nextInt(3))
                .setVisitorId(random.nextInt(2000))
                .setTimeTakenMs(random.nextInt(9999))
                .setUrlPath("/" + random.nextInt(30))
                .build());
      }
      Map<MetricKey, Measures> whole = count(events);
      Collections.shuffle(events, random);
      DeltaSum sum = new DeltaSum(ReportSpec.defaults());
      for (int from = 0; from < events.size(); ) {
        int to = Math.min(events.size(), from + 1 + random.nextInt(1500));
        count(events.subList(from, to))
            .forEach(
                (key, measures) ->
                    sum.add(DeltaCodec.decode(DeltaCodec.encode(new MetricDelta(key, measures)))));
        from = to;
      }
      List<MetricDelta> merged = sum.deltas();
      assertThat(merged).as("seed %s", seed).hasSameSizeAs(whole.keySet());
      for (MetricDelta delta : merged) {
        Measures expected = whole.get(delta.key());
        assertThat(delta.measures().requests())
            .as("seed %s %s", seed, delta.key())
            .isEqualTo(expected.requests());
        assertThat(delta.measures().uniqueVisitors()).isEqualTo(expected.uniqueVisitors());
        assertThat(Double.valueOf(delta.measures().durationQuantile(0.95)))
            .isEqualTo(Double.valueOf(expected.durationQuantile(0.95)));
      }
    }
  }

  @Test
  void the_smaller_rest_becomes_one_row_and_nothing_is_lost() {
    List<EnrichedLog> events = new ArrayList<>();
    for (int page = 0; page < 1500; page++) {
      for (int hit = 0; hit <= (page < 1000 ? 1 : 0); hit++) {
        events.add(event().setUrlPath("/" + page).build());
      }
    }
    DeltaSum sum = new DeltaSum(ReportSpec.defaults());
    count(events).forEach((key, measures) -> sum.add(new MetricDelta(key, measures)));
    List<MetricDelta> content =
        sum.deltas().stream().filter(delta -> delta.key().report().equals("content")).toList();
    assertThat(content).hasSize(1001);
    assertThat(content.stream().mapToLong(delta -> delta.measures().requests()).sum())
        .isEqualTo(2500);
    assertThat(content)
        .filteredOn(delta -> delta.key().dimensions().get(1).equals(ReportSpec.OTHER))
        .singleElement()
        .satisfies(
            other -> {
              assertThat(other.measures().requests()).isEqualTo(500);
              assertThat(other.key().dimensions()).containsExactly("www.example.org", "(other)");
            });
  }

  @Test
  void a_long_value_is_cut_on_the_edge_of_a_character() {
    Map<MetricKey, Measures> cells =
        count(List.of(event().setUrlPath("/" + "é".repeat(4000)).build()));
    assertThat(cells.keySet())
        .filteredOn(key -> key.report().equals("content"))
        .singleElement()
        .satisfies(key -> assertThat(key.dimensions().get(1)).isEqualTo("/" + "é".repeat(199)));
  }

  @Test
  void a_damaged_event_is_refused_and_counts_nothing() {
    Cube cube = new Cube(ReportSpec.defaults());
    byte[] bytes = event().setUrlPath("/a/b/c").build().toByteArray();
    for (int cut = 1; cut < bytes.length; cut++) {
      int end = cut;
      try {
        cube.add(bytes, 0, end);
      } catch (IllegalArgumentException expected) {
        assertThat(expected).hasMessageContaining("protobuf message");
      }
    }
    byte[] endless = {
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      1
    };
    assertThatThrownBy(() -> cube.add(endless, 0, endless.length))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fields_of_a_newer_writer_are_passed_over() {
    byte[] known = event().setUrlPath("/").build().toByteArray();
    byte[] newer = new byte[known.length + 4];
    System.arraycopy(known, 0, newer, 0, known.length);
    newer[known.length] = (byte) 0x80; // field 2000, varint 1
    newer[known.length + 1] = 0x7d;
    newer[known.length + 2] = 0x01;
    Cube cube = new Cube(ReportSpec.defaults());
    cube.add(newer, 0, known.length + 3);
    assertThat(cube.events()).isEqualTo(1);
  }

  @Test
  void a_report_of_an_unknown_field_is_refused_by_name() {
    String yaml = "reports: {wrong: {dimensions: {site: site.id, x: geo.planet}}}";
    List<ReportSpec> specs =
        ReportSpec.load(
            new java.io.ByteArrayInputStream(
                yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> new Cube(specs))
        .hasMessageContaining("wrong")
        .hasMessageContaining("geo.planet");
  }
}
