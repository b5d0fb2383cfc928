// SPDX-License-Identifier: Apache-2.0
/**
 * Turns time into looks at the clusters, and decisions into calls: the loop and its application.
 */
@NullMarked
package aqueduct.arbiter;

import org.jspecify.annotations.NullMarked;
