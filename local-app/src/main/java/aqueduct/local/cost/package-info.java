// SPDX-License-Identifier: Apache-2.0
/** Turns a topology, a rate and figures into what a day of it costs on AWS. */
@NullMarked
package aqueduct.local.cost;

import org.jspecify.annotations.NullMarked;
