// SPDX-License-Identifier: Apache-2.0
/** Turns EnrichedLogs into metric deltas, and deltas into a day's metrics. */
@NullMarked
package aqueduct.metrics;

import org.jspecify.annotations.NullMarked;
