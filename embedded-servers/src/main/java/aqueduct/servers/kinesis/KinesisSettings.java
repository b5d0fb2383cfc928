// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.time.Clock;

/**
 * How the Kinesis server runs.
 *
 * @param port on 127.0.0.1; 0 takes a free one
 * @param region as the ARNs name it
 * @param retentionHours of new streams, 1 to 8,760 (AWS: from 24)
 * @param segmentBytes about the size of one file of a shard; old records leave the disk by whole
 *     files
 * @param throttling what is refused from the start
 * @param clock arrival times and the age of iterators
 */
public record KinesisSettings(
    int port,
    String region,
    int retentionHours,
    long segmentBytes,
    Throttling throttling,
    Clock clock) {

  public KinesisSettings {
    if (retentionHours < 1 || retentionHours > 8_760) {
      throw new IllegalArgumentException(
          "retentionHours is " + retentionHours + ", must be from 1 to 8760");
    }
    if (segmentBytes < 1)
      throw new IllegalArgumentException("segmentBytes is " + segmentBytes + ", must be positive");
  }

  /** A free port, 24 hours, 32 MiB, no throttling. */
  public static KinesisSettings defaults() {
    return new KinesisSettings(0, "us-east-1", 24, 32 << 20, Throttling.none(), Clock.systemUTC());
  }

  public KinesisSettings withPort(int newPort) {
    return new KinesisSettings(newPort, region, retentionHours, segmentBytes, throttling, clock);
  }

  public KinesisSettings withRegion(String newRegion) {
    return new KinesisSettings(port, newRegion, retentionHours, segmentBytes, throttling, clock);
  }

  public KinesisSettings withRetentionHours(int hours) {
    return new KinesisSettings(port, region, hours, segmentBytes, throttling, clock);
  }

  public KinesisSettings withSegmentBytes(long bytes) {
    return new KinesisSettings(port, region, retentionHours, bytes, throttling, clock);
  }

  public KinesisSettings withThrottling(Throttling newThrottling) {
    return new KinesisSettings(port, region, retentionHours, segmentBytes, newThrottling, clock);
  }

  public KinesisSettings withClock(Clock newClock) {
    return new KinesisSettings(port, region, retentionHours, segmentBytes, throttling, newClock);
  }
}
