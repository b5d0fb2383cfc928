// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.time.Instant;
import java.util.List;

/**
 * A number of a corrected day that needs the whole day to be known, and so stands beside the cells
 * of {@link Measures}: exact distinct counts, visits, bounces, entry pages. It is no sum of smaller
 * ones; each width of bucket has its own value.
 *
 * @param report whose number it is: one of the reports, or a name of the correction's own such as
 *     {@code sessions}
 * @param grain the width of its bucket
 * @param bucketStart start of its bucket, UTC
 * @param dimensions values of the dimensions it is kept by, {@code site} first
 * @param name such as {@code unique_visitors}
 */
public record ExactMeasure(
    String report,
    Grain grain,
    Instant bucketStart,
    List<String> dimensions,
    String name,
    double value) {
  public ExactMeasure {
    dimensions = List.copyOf(dimensions);
  }
}
