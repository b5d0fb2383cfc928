// SPDX-License-Identifier: Apache-2.0
/** Turns a day's raw files into parquet and corrected, then locked, metrics. */
@NullMarked
package aqueduct.correction;

import org.jspecify.annotations.NullMarked;
