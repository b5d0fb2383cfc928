// SPDX-License-Identifier: Apache-2.0
/** Turns applied windows and heartbeats into what is known of each writer of the metric store. */
@NullMarked
package aqueduct.stores.writers;

import org.jspecify.annotations.NullMarked;
