// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.time.Instant;
import java.util.Map;

/**
 * One row of an answer.
 *
 * @param dimensions in the order asked
 */
public record MetricRow(Instant bucketStart, Map<String, String> dimensions, Measures measures) {}
