// SPDX-License-Identifier: Apache-2.0
/** Turns topology.yml, and the files laid over it, into elements and the pipes between them. */
@NullMarked
package aqueduct.topology;

import org.jspecify.annotations.NullMarked;
