// SPDX-License-Identifier: Apache-2.0
/** Turns files that the metrics lack into messages that bring them in. */
@NullMarked
package aqueduct.local.resend;

import org.jspecify.annotations.NullMarked;
