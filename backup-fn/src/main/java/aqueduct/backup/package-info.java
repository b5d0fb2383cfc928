// SPDX-License-Identifier: Apache-2.0
/** Turns a newly arrived log file into a safely kept one. */
@NullMarked
package aqueduct.backup;

import org.jspecify.annotations.NullMarked;
