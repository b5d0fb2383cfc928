// SPDX-License-Identifier: Apache-2.0
/** Turns launches into streaming job runs of EMR Serverless. */
@NullMarked
package aqueduct.arbiter.clusters.serverless;

import org.jspecify.annotations.NullMarked;
