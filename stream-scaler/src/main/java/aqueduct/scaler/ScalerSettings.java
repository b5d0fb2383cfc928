// SPDX-License-Identifier: Apache-2.0
package aqueduct.scaler;

import java.time.Duration;

/**
 * When a stream gets more shards, and when fewer.
 *
 * @param fewest shards, whatever the load
 * @param most shards, whatever the load
 * @param bytesPerShard that a shard takes a second; Kinesis: 1,000,000
 * @param recordsPerShard that a shard takes a second; Kinesis: 1,000
 * @param busyShare how much of that is used before there are more: what is left takes the next peak
 * @param upPause least time between a change and more shards
 * @param downPause least time between a change and fewer; and as long must fewer have been enough
 */
public record ScalerSettings(
    int fewest,
    int most,
    double bytesPerShard,
    double recordsPerShard,
    double busyShare,
    Duration upPause,
    Duration downPause) {

  public ScalerSettings {
    if (fewest < 1 || most < fewest) {
      throw new IllegalArgumentException(
          "shards from " + fewest + " to " + most + ": must be 1 or more, the second the larger");
    }
    if (!(busyShare > 0 && busyShare <= 1)) {
      throw new IllegalArgumentException(
          "busy share is " + busyShare + ": must be over 0, up to 1");
    }
  }

  /** Kinesis's limits, used to four fifths. AWS allows ten changes in a day: hence the pauses. */
  public static ScalerSettings defaults(int fewest, int most) {
    return new ScalerSettings(
        fewest, most, 1e6, 1000, 0.8, Duration.ofMinutes(5), Duration.ofHours(3));
  }
}
