// SPDX-License-Identifier: Apache-2.0
/**
 * Turns staged metric deltas into packed rows of a DynamoDB table, and reads only those of applied
 * windows.
 */
@NullMarked
package aqueduct.stores.metrics.dynamodb;

import org.jspecify.annotations.NullMarked;
