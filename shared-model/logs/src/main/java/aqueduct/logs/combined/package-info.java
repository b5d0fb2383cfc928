// SPDX-License-Identifier: Apache-2.0
/** Turns lines of Apache's and NGINX's combined log format into RawLogs. */
@NullMarked
package aqueduct.logs.combined;

import org.jspecify.annotations.NullMarked;
