// SPDX-License-Identifier: Apache-2.0
/** Turns a kept file into packed EnrichedLogs, by streamify and enrich in one process. */
@NullMarked
package aqueduct.fused;

import org.jspecify.annotations.NullMarked;
