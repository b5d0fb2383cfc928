// SPDX-License-Identifier: Apache-2.0
/** Turns the name of one request into everything that became of it. */
@NullMarked
package aqueduct.local.lineage;

import org.jspecify.annotations.NullMarked;
