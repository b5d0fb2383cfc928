// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.kinesis;

import java.time.Duration;

/**
 * The limits of a {@link KinesisRecordSink}.
 *
 * @param maxRecords records per PutRecords; Kinesis takes 500
 * @param maxRequestBytes bytes per PutRecords, keys included; Kinesis takes 10 MiB
 * @param maxRecordBytes bytes per record, key included; 1 MiB unless the stream was set to more
 * @param concurrency requests at a time
 * @param bytesInFlight bytes that wait for an answer, over all transfers
 * @param budget how long refused entries are sent again before the transfer fails
 * @param firstBackoff the first wait, doubled up to 5 s, with jitter
 */
public record SinkSettings(
    int maxRecords,
    long maxRequestBytes,
    int maxRecordBytes,
    int concurrency,
    long bytesInFlight,
    Duration budget,
    Duration firstBackoff) {

  public SinkSettings {
    require(maxRecords >= 1 && maxRecords <= 500, "max-records", maxRecords, "1 to 500");
    require(
        maxRequestBytes >= 1024 && maxRequestBytes <= 10 << 20,
        "max-request-bytes",
        maxRequestBytes,
        "1 KiB to 10 MiB");
    require(
        maxRecordBytes >= 1024 && maxRecordBytes <= 10 << 20,
        "max-record-bytes",
        maxRecordBytes,
        "1 KiB to 10 MiB");
    require(concurrency >= 1 && concurrency <= 256, "concurrency", concurrency, "1 to 256");
    require(
        bytesInFlight >= maxRecordBytes,
        "bytes-in-flight",
        bytesInFlight,
        "at least max-record-bytes");
  }

  private static void require(boolean ok, String name, long value, String range) {
    if (!ok) {
      throw new IllegalArgumentException("sink " + name + " is " + value + ": must be " + range);
    }
  }

  public static SinkSettings defaults() {
    return new SinkSettings(
        500, 5 << 20, 1 << 20, 4, 32L << 20, Duration.ofMinutes(2), Duration.ofMillis(50));
  }
}
