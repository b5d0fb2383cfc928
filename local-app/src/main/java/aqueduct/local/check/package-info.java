// SPDX-License-Identifier: Apache-2.0
/** Turns a file of own settings, and the topology beneath it, into what is wrong with them. */
@NullMarked
package aqueduct.local.check;

import org.jspecify.annotations.NullMarked;
