// SPDX-License-Identifier: Apache-2.0
/**
 * Turns launches into Spark standalone clusters of local processes, from the jars of Spark alone.
 */
@NullMarked
package aqueduct.arbiter.clusters.standalone;

import org.jspecify.annotations.NullMarked;
