// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.RawLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that CloudFront delivered, and files made of real requests. */
class RealFilesTest {
  @ParameterizedTest
  @CsvSource({
    "aws-docs-example.log, 6",
    "clo-two-lines.log, 2",
    "web-1-0.txt, 2",
    "AAAAAAAAAAAAAA.2015-10-19-17.e5b6526c.gz, 9",
    "E2KG6TMBAL2PBU.2021-01-23-13.23aaa605.gz, 1"
  })
  void every_line_of_a_real_file_is_an_event(String name, int lines) throws Exception {
    Streamed streamed = stream(Samples.require("cloudfront/" + name));

    assertThat(streamed.rejections).isEmpty();
    assertThat(streamed.events).hasSize(lines);
  }

  @Test
  void a_delivered_line_becomes_the_event_that_it_tells() throws Exception {
    RawLog event =
        stream(Samples.require("cloudfront/E2KG6TMBAL2PBU.2021-01-23-13.23aaa605.gz")).event();

    String json = CanonicalJson.write(event);

    assertThat(json)
        .contains("\"time\":\"2021-01-23T13:39:09.000000Z\"")
        .contains("\"distribution_id\":\"E2KG6TMBAL2PBU\"")
        .contains("\"status_code\":200")
        .contains("\"original\":\"Mozilla/5.0 (compatible; Googlebot/2.1; +http://");
    assertThat(event.getTimeTakenMs()).isEqualTo(34);
    assertThat(event.getHttpResponseSize()).isEqualTo(488);
    assertThat(event.getHttpRequestSize()).isEqualTo(231);
    assertThat(event.getNetworkProtocolName()).isEqualTo("http");
    assertThat(event.getNetworkProtocolVersion()).isEqualTo("1.1");
    assertThat(event.getEncodingPasses()).isEqualTo(1);
    assertThat(event.hasRangeStart()).isFalse();
  }

  @Test
  void agents_of_2014_are_decoded_twice() throws Exception {
    List<RawLog> events = stream(Samples.require("cloudfront/web-1-0.txt")).events;

    assertThat(events).allMatch(event -> event.getEncodingPasses() == 2);
    assertThat(events)
        .extracting(RawLog::getUserAgentOriginal)
        .allMatch(agent -> agent.startsWith("Mozilla/5.0 (iPhone; CPU iPhone OS 10_2_1 like Mac"));
  }

  @Test
  void counts_of_2500_real_requests_are_as_published_for_each_5_minutes() throws Exception {
    Map<Long, long[]> expected = new TreeMap<>();
    for (String row : Files.readAllLines(Samples.require("cloudfront/derived/expected.5min.tsv"))) {
      String[] cells = row.split("\t");
      if (Character.isDigit(cells[0].charAt(0))) {
        expected.put(
            Long.parseLong(cells[0]),
            new long[] {
              Long.parseLong(cells[2]), Long.parseLong(cells[3]), Long.parseLong(cells[12])
            });
      }
    }
    List<RawLog> events = streamAll("cloudfront/derived");

    Map<Long, List<RawLog>> windows =
        events.stream()
            .collect(
                Collectors.groupingBy(
                    e -> e.getTimeUs() / 300_000_000 * 300, TreeMap::new, Collectors.toList()));
    assertThat(events).hasSize(2_500);
    assertThat(windows.keySet()).isEqualTo(expected.keySet());
    windows.forEach(
        (start, window) ->
            assertThat(
                    new long[] {
                      window.size(),
                      window.stream().mapToLong(RawLog::getHttpResponseSize).sum(),
                      window.stream().map(RawLog::getEventId).distinct().count()
                    })
                .as("window %s", start)
                .isEqualTo(expected.get(start)));
  }

  @Test
  void the_24_column_files_of_the_double_encoded_era_give_the_same_agents() throws Exception {
    List<RawLog> twice = streamAll("cloudfront/derived24");

    assertThat(twice).hasSize(300).allMatch(event -> event.getEncodingPasses() == 2);
    assertThat(twice)
        .extracting(RawLog::getUserAgentOriginal)
        .containsExactlyInAnyOrderElementsOf(
            streamAll("cloudfront/derived").stream()
                .filter(event -> event.getTimeUs() < 1_431_867_600_000_000L)
                .map(RawLog::getUserAgentOriginal)
                .toList());
  }

  private static List<RawLog> streamAll(String directory) throws IOException {
    try (Stream<Path> files = Files.list(Samples.require(directory))) {
      return files
          .filter(file -> file.toString().endsWith(".gz"))
          .flatMap(file -> stream(file).events.stream())
          .toList();
    }
  }

  private static Streamed stream(Path file) {
    try {
      Streamed streamed = Streamed.of("cf/" + file.getFileName(), Files.readAllBytes(file));
      assertThat(streamed.summary().problem()).isEmpty();
      return streamed;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
