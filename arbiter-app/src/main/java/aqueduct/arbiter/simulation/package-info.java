// SPDX-License-Identifier: Apache-2.0
/** Turns a seed and a policy into what would have happened: thousands of hours in seconds. */
@NullMarked
package aqueduct.arbiter.simulation;

import org.jspecify.annotations.NullMarked;
