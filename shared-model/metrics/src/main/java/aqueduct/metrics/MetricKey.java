// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.time.Instant;
import java.util.List;

/**
 * One cell of one report.
 *
 * @param report the report's name
 * @param bucketStart start of the 5-minute bucket of event time, UTC
 * @param dimensions the values of the report's dimensions in its order, {@code site} first; unknown
 *     is {@code ""}
 */
public record MetricKey(String report, Instant bucketStart, List<String> dimensions) {
  public MetricKey {
    dimensions = List.copyOf(dimensions);
  }
}
