// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.local.traffic.Expected;
import aqueduct.local.traffic.Expected.Counts;
import aqueduct.metrics.Grain;
import aqueduct.metrics.Measures;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of the report "traffic" against the true counts, to the unit. */
final class CountCheck {
  private final MetricStore metrics;
  private final Figures figures;

  CountCheck(MetricStore metrics, Figures figures) {
    this.metrics = metrics;
    this.figures = figures;
  }

  boolean holds(Expected expected) {
    Map<String, List<Long>> wanted = new TreeMap<>();
    expected
        .buckets()
        .forEach(
            (bucket, sites) ->
                sites.forEach((site, counts) -> wanted.put(bucket + " " + site, row(counts))));
    Map<String, List<Long>> found = found(expected);
    figures.title("Counts");
    boolean equal = wanted.equals(found);
    figures.say(
        "rows of traffic against expected.json",
        "%s; %,d rows of 5 minutes and site",
        equal ? "equal" : "DIFFERENT",
        wanted.size());
    if (!equal) figures.say("first difference", "%s", difference(wanted, found));
    return equal;
  }

  private Map<String, List<Long>> found(Expected expected) {
    TreeMap<String, ?> buckets = new TreeMap<>(expected.buckets());
    MetricQuery query =
        new MetricQuery(
            "traffic",
            Instant.parse(buckets.firstKey()),
            Instant.parse(buckets.lastKey()).plusSeconds(300),
            Grain.FIVE_MINUTES,
            List.of("site"),
            Map.of());
    Map<String, List<Long>> found = new TreeMap<>();
    for (MetricRow row : metrics.query(query)) {
      found.put(row.bucketStart() + " " + row.dimensions().get("site"), row(row.measures()));
    }
    return found;
  }

  private static List<Long> row(Counts c) {
    return List.of(c.requests, c.bytesSent, c.status2xx, c.status3xx, c.status4xx, c.status5xx);
  }

  private static List<Long> row(Measures m) {
    return List.of(
        m.requests(), m.bytesSent(), m.status2xx(), m.status3xx(), m.status4xx(), m.status5xx());
  }

  private static String difference(Map<String, List<Long>> wanted, Map<String, List<Long>> found) {
    return wanted.entrySet().stream()
        .filter(row -> !row.getValue().equals(found.get(row.getKey())))
        .map(row -> row.getKey() + ": " + row.getValue() + ", not " + found.get(row.getKey()))
        .findFirst()
        .orElse("rows that are not expected");
  }
}
