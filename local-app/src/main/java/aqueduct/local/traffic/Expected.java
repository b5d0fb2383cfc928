// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What must be counted of made traffic, to the unit. Files may be added from several threads. */
public final class Expected {
  @JsonProperty private long files;
  @JsonProperty private long lines;
  @JsonProperty private long bad;
  @JsonProperty private final Map<String, Map<String, Counts>> buckets = new TreeMap<>();

  private Instant lastBucket = Instant.MIN;
  private Counts last = new Counts();

  /** The counts of one site in 5 minutes, as the report "traffic" names them. */
  public static final class Counts {
    @JsonProperty public long requests;

    @JsonProperty("bytes_sent")
    public long bytesSent;

    @JsonProperty("status_2xx")
    public long status2xx;

    @JsonProperty("status_3xx")
    public long status3xx;

    @JsonProperty("status_4xx")
    public long status4xx;

    @JsonProperty("status_5xx")
    public long status5xx;

    void add(int status, long bytes) {
      requests++;
      bytesSent += bytes;
      switch (status / 100) {
        case 2 -> status2xx++;
        case 3 -> status3xx++;
        case 4 -> status4xx++;
        case 5 -> status5xx++;
        default -> {}
      }
    }

    void add(Counts more) {
      requests += more.requests;
      bytesSent += more.bytesSent;
      status2xx += more.status2xx;
      status3xx += more.status3xx;
      status4xx += more.status4xx;
      status5xx += more.status5xx;
    }
  }

  public long files() {
    return files;
  }

  public long lines() {
    return lines;
  }

  public long bad() {
    return bad;
  }

  /** Bucket start (ISO 8601) to site to counts. */
  public Map<String, Map<String, Counts>> buckets() {
    return buckets;
  }

  void badLine() {
    lines++;
    bad++;
  }

  /** All of one file are of one site. */
  void event(Instant bucket, String site, int status, long bytes) {
    lines++;
    if (!bucket.equals(lastBucket)) {
      lastBucket = bucket;
      last = counts(bucket.toString(), site);
    }
    last.add(status, bytes);
  }

  private Counts counts(String bucket, String site) {
    return buckets
        .computeIfAbsent(bucket, b -> new TreeMap<>())
        .computeIfAbsent(site, s -> new Counts());
  }

  /** Adds what is expected of one file. */
  synchronized void add(Expected file) {
    files++;
    lines += file.lines;
    bad += file.bad;
    file.buckets.forEach(
        (bucket, sites) -> sites.forEach((site, counts) -> counts(bucket, site).add(counts)));
  }

  /** Writes it as JSON. */
  public void write(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }
}
