// SPDX-License-Identifier: Apache-2.0
/** Turns Parquet files into lines of JSON. */
@NullMarked
package aqueduct.logs.parquet;

import org.jspecify.annotations.NullMarked;
