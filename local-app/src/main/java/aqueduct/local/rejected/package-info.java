// SPDX-License-Identifier: Apache-2.0
/**
 * Turns what could not become an event into rows that people read, and into orders to try again.
 */
@NullMarked
package aqueduct.local.rejected;

import org.jspecify.annotations.NullMarked;
