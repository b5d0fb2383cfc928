// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A question to a report.
 *
 * @param from inclusive
 * @param to exclusive
 * @param grain 5 minutes, an hour or a day, by merging
 * @param by the dimensions to keep, a subset of the report's in its order; the others are merged
 * @param where dimension -> value that must hold
 */
public record MetricQuery(
    String report,
    Instant from,
    Instant to,
    Grain grain,
    List<String> by,
    Map<String, String> where) {}
