// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The measures of one cell: additive counters, and sketches that merge without loss in any order.
 *
 * @param visitors HLL sketch (datasketches, lgK 12, updatable form); absent where the report does
 *     not ask for it
 * @param duration DDSketch of time-taken in seconds, protobuf form; absent where the report does
 *     not ask for it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Measures(
    long requests,
    long pageViews,
    long bytesSent,
    long cacheHits,
    long cacheable,
    long status2xx,
    long status3xx,
    long status4xx,
    long status5xx,
    byte @Nullable [] visitors,
    byte @Nullable [] duration) {}
