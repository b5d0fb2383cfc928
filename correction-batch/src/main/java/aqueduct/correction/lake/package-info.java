// SPDX-License-Identifier: Apache-2.0
/** Turns enriched events into rows of an open table, a day at a time, and back. */
@NullMarked
package aqueduct.correction.lake;

import org.jspecify.annotations.NullMarked;
