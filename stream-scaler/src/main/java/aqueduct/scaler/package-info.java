// SPDX-License-Identifier: Apache-2.0
/** Turns what is written to a stream into as many shards as it needs. */
@NullMarked
package aqueduct.scaler;

import org.jspecify.annotations.NullMarked;
