// SPDX-License-Identifier: Apache-2.0
/** Turns pipes that topology.yml declares direct into calls within the process. */
@NullMarked
package aqueduct.stores.pipes;

import org.jspecify.annotations.NullMarked;
