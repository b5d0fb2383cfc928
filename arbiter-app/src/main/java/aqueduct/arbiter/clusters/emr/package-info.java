// SPDX-License-Identifier: Apache-2.0
/** Turns launches into EMR clusters of instance fleets, and what EMR says of them into ours. */
@NullMarked
package aqueduct.arbiter.clusters.emr;

import org.jspecify.annotations.NullMarked;
