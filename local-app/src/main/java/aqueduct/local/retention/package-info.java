// SPDX-License-Identifier: Apache-2.0
/** Turns rules of how long each store keeps what it holds into what is to be deleted. */
@NullMarked
package aqueduct.local.retention;

import org.jspecify.annotations.NullMarked;
