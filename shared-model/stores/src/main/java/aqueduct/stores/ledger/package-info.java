// SPDX-License-Identifier: Apache-2.0
/**
 * Turns notices of files into claims on them, one worker each, and remembers for good what was
 * done.
 */
@NullMarked
package aqueduct.stores.ledger;

import org.jspecify.annotations.NullMarked;
