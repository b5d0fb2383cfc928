// SPDX-License-Identifier: Apache-2.0
/** Turns a newly arrived log file into live metrics, with every element in one process. */
@NullMarked
package aqueduct.small;

import org.jspecify.annotations.NullMarked;
