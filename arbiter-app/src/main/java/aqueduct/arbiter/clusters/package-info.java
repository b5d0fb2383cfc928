// SPDX-License-Identifier: Apache-2.0
/** Turns what a backend says of its clusters into ours, and our actions into its calls. */
@NullMarked
package aqueduct.arbiter.clusters;

import org.jspecify.annotations.NullMarked;
