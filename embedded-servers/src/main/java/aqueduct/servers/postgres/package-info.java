// SPDX-License-Identifier: Apache-2.0
/** Turns a directory into a PostgreSQL database in a process of its own. */
@NullMarked
package aqueduct.servers.postgres;

import org.jspecify.annotations.NullMarked;
