// SPDX-License-Identifier: Apache-2.0
/** Turns stored metrics into the page and the API on which they are read. */
@NullMarked
package aqueduct.report;

import org.jspecify.annotations.NullMarked;
