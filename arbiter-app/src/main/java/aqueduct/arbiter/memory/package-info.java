// SPDX-License-Identifier: Apache-2.0
/**
 * Turns the word of several arbiters into that of one: the lease, what it remembers, what it did.
 */
@NullMarked
package aqueduct.arbiter.memory;

import org.jspecify.annotations.NullMarked;
