// SPDX-License-Identifier: Apache-2.0
/** Turns any implementation of a port into a verdict: abstract suites and fixtures for tests. */
@NullMarked
package aqueduct.contracts;

import org.jspecify.annotations.NullMarked;
