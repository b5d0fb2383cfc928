// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a data directory into the whole pipeline, running: servers, functions, aggregation, page.
 */
@NullMarked
package aqueduct.local.system;

import org.jspecify.annotations.NullMarked;
