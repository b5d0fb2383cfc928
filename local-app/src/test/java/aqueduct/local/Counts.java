// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.local.traffic.Expected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * 5-minute counts as {@code bucket site -> requests bytes 2xx 3xx 4xx 5xx}, of whoever says so:
 * made traffic, the samples' own table, or the command line.
 */
final class Counts {
  private static final List<String> MEASURES =
      List.of("requests", "bytes_sent", "status_2xx", "status_3xx", "status_4xx", "status_5xx");

  private Counts() {}

  static Map<String, String> of(Expected expected) {
    Map<String, String> counts = new TreeMap<>();
    expected
        .buckets()
        .forEach(
            (bucket, sites) ->
                sites.forEach(
                    (site, c) ->
                        counts.put(
                            bucket + " " + site,
                            c.requests
                                + " "
                                + c.bytesSent
                                + " "
                                + c.status2xx
                                + " "
                                + c.status3xx
                                + " "
                                + c.status4xx
                                + " "
                                + c.status5xx)));
    return counts;
  }

  /** Of expected.5min.tsv: window_start_epoch, host, events, sc_bytes, s2xx, s3xx, s4xx, s5xx. */
  static Map<String, String> of(Path tsv) throws java.io.IOException {
    Map<String, String> counts = new TreeMap<>();
    List<String> lines = Files.readAllLines(tsv);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      String key = Instant.ofEpochSecond(Long.parseLong(cells[0])) + " " + cells[1];
      counts.put(key, String.join(" ", Arrays.copyOfRange(cells, 2, 8)));
    }
    return counts;
  }

  /** What {@code aqueduct metrics} says of a day. */
  static Map<String, String> stored(Path data, String day) {
    Cli cli =
        Cli.run(
            "metrics",
            "--data",
            data.toString(),
            "--report",
            "traffic",
            "--by",
            "site",
            "--from",
            day,
            "--to",
            Instant.parse(day + "T00:00:00Z").plusSeconds(2 * 86_400).toString(),
            "--format",
            "csv");
    assertThat(cli.status()).as(cli.err()).isZero();
    List<String> names = Arrays.asList(cli.lines().get(0).split(","));
    Map<String, String> counts = new TreeMap<>();
    for (String line : cli.lines().subList(1, cli.lines().size())) {
      String[] cells = line.split(",");
      List<String> numbers = new ArrayList<>();
      for (String measure : MEASURES) numbers.add(cells[names.indexOf(measure)]);
      counts.put(
          cells[names.indexOf("bucket_start")] + " " + cells[names.indexOf("site")],
          String.join(" ", numbers));
    }
    return counts;
  }
}
