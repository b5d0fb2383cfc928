// SPDX-License-Identifier: Apache-2.0
/** Turns each window of EnrichedLogs into live metrics, once. */
@NullMarked
package aqueduct.aggregate;

import org.jspecify.annotations.NullMarked;
