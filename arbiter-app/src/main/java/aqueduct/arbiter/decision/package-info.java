// SPDX-License-Identifier: Apache-2.0
/** Turns what is seen of the clusters into the one action that keeps a healthy one alive. */
@NullMarked
package aqueduct.arbiter.decision;

import org.jspecify.annotations.NullMarked;
