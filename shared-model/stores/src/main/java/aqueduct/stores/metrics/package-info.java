// SPDX-License-Identifier: Apache-2.0
/** Turns staged metric deltas into stored metrics, each window once. */
@NullMarked
package aqueduct.stores.metrics;

import org.jspecify.annotations.NullMarked;
