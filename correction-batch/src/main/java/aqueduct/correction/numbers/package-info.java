// SPDX-License-Identifier: Apache-2.0
/** Turns a day's parquet into its metrics. */
@NullMarked
package aqueduct.correction.numbers;

import org.jspecify.annotations.NullMarked;
