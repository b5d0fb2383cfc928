// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficFile;
import aqueduct.local.traffic.TrafficPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A plan -> made log files in memory.
 *
 * @param lines log lines in them
 * @param rawBytes of the files when unpacked
 */
public record Corpus(List<TrafficFile> files, long lines, long rawBytes) {
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");

  /** A day's traffic as it comes at 25,000 events a second. */
  public static TrafficPlan plan(long events, long seed, TrafficPlan.Mix mix) {
    return new TrafficPlan(events, seed, START, 25_000, mix, 0, 33);
  }

  public static Corpus make(TrafficPlan plan) {
    List<TrafficFile> files =
        new Traffic().files(plan).sorted(Comparator.comparing(TrafficFile::name)).toList();
    return new Corpus(
        files,
        files.stream().mapToLong(file -> file.expected().lines()).sum(),
        files.stream().mapToLong(file -> gunzip(file.gzip(), new byte[1 << 16])).sum());
  }

  long gzipBytes() {
    return files.stream().mapToLong(file -> file.gzip().length).sum();
  }

  /** Unpacks the file and throws its bytes away; answers how many there were. */
  public static long gunzip(byte[] gzip, byte[] buffer) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), 1 << 16)) {
      long bytes = 0;
      for (int count; (count = in.read(buffer)) >= 0; ) bytes += count;
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
