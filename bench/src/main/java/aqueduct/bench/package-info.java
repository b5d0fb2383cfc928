// SPDX-License-Identifier: Apache-2.0
/** Turns the pipeline and its parts into figures, beside their limits and peers. */
@NullMarked
package aqueduct.bench;

import org.jspecify.annotations.NullMarked;
