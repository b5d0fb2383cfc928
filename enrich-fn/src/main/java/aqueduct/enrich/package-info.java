// SPDX-License-Identifier: Apache-2.0
/** Turns packed RawLogs into packed EnrichedLogs. */
@NullMarked
package aqueduct.enrich;

import org.jspecify.annotations.NullMarked;
