// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Start and end of the batch that the driver plans now. Spark hands a batch to {@code foreachBatch}
 * by a number of its own, which changes with the checkpoint; the window is what names it.
 */
public record PlannedWindow(Instant start, Instant end) {
  private static final Map<String, PlannedWindow> NEWEST = new ConcurrentHashMap<>();

  static void set(String stream, long from, long to) {
    NEWEST.put(stream, new PlannedWindow(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)));
  }

  /** The window of this batch of the stream; planning the batch is what tells it. */
  public static PlannedWindow of(String stream, Dataset<Row> batch) {
    batch.toJavaRDD().getNumPartitions(); // plans, and so calls planInputPartitions
    PlannedWindow window = NEWEST.get(stream);
    if (window == null) {
      throw new IllegalStateException("the batch was not planned from stream " + stream);
    }
    return window;
  }
}
