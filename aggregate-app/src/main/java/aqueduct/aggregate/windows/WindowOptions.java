// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.io.Serializable;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What the source is told. Endpoint, region and credentials come from the SDK's default chain.
 *
 * @param stream the stream's name
 * @param windowMillis length of a window
 * @param settleMillis how long after its end a window counts as closed, for records that are still
 *     on their way and clocks that differ
 * @param startMillis start of the first window; negative: at the stream's oldest record
 * @param maxWindows most windows that one batch may hold when the reader is behind
 * @param fromMillis batch reads: start, inclusive
 * @param toMillis batch reads: end, exclusive
 * @param board the driver's {@link WindowBoard}; empty: Spark's checkpoint alone says where to go
 *     on
 */
record WindowOptions(
    String stream,
    long windowMillis,
    long settleMillis,
    long startMillis,
    int maxWindows,
    long fromMillis,
    long toMillis,
    String board)
    implements Serializable {

  WindowOptions {
    if (windowMillis < 1 || settleMillis < 0 || maxWindows < 1) {
      throw new IllegalArgumentException(
          KinesisWindowSource.NAME
              + ": windowMillis and maxWindows must be 1 or more, settleMillis 0 or more");
    }
  }

  static WindowOptions of(CaseInsensitiveStringMap options) {
    String stream = options.get("stream");
    if (stream == null) {
      throw new IllegalArgumentException(
          "option stream is missing: name the Kinesis stream to read");
    }
    return new WindowOptions(
        stream,
        options.getLong("windowMillis", 300_000),
        options.getLong("settleMillis", 10_000),
        options.getLong("startMillis", -1),
        options.getInt("maxWindows", 1),
        options.getLong("fromMillis", -1),
        options.getLong("toMillis", -1),
        options.getOrDefault("board", ""));
  }

  long floor(long millis) {
    return Math.floorDiv(millis, windowMillis) * windowMillis;
  }
}
