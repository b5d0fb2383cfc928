// SPDX-License-Identifier: Apache-2.0
/** Turns dead-letter queues into what people can look at and send back. */
@NullMarked
package aqueduct.local.dead;

import org.jspecify.annotations.NullMarked;
