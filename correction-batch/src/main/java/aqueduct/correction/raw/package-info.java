// SPDX-License-Identifier: Apache-2.0
/** Turns the backup's files into a list of what each day is made of, and into enriched events. */
@NullMarked
package aqueduct.correction.raw;

import org.jspecify.annotations.NullMarked;
