// SPDX-License-Identifier: Apache-2.0
/** Turns the notice of a kept file into one notice per environment. */
@NullMarked
package aqueduct.router;

import org.jspecify.annotations.NullMarked;
