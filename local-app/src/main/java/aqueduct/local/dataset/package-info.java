// SPDX-License-Identifier: Apache-2.0
/** Turns what is published, or what logs hold, into versions of datasets. */
@NullMarked
package aqueduct.local.dataset;

import org.jspecify.annotations.NullMarked;
