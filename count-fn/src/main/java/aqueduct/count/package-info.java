// SPDX-License-Identifier: Apache-2.0
/** Turns EnrichedLog chunks into live metrics, without Spark. */
@NullMarked
package aqueduct.count;

import org.jspecify.annotations.NullMarked;
