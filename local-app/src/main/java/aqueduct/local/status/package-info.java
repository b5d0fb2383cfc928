// SPDX-License-Identifier: Apache-2.0
/** Turns what a pipeline has stored into how it does: what waits, what is late, what is missing. */
@NullMarked
package aqueduct.local.status;

import org.jspecify.annotations.NullMarked;
