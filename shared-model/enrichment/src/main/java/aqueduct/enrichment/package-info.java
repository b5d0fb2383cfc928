// SPDX-License-Identifier: Apache-2.0
/** Turns RawLogs and the datasets of their day into EnrichedLogs. */
@NullMarked
package aqueduct.enrichment;

import org.jspecify.annotations.NullMarked;
