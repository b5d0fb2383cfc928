// SPDX-License-Identifier: Apache-2.0
/** Turns a command line into a running pipeline on this machine, or an answer about it. */
@NullMarked
package aqueduct.local;

import org.jspecify.annotations.NullMarked;
