// SPDX-License-Identifier: Apache-2.0
/** Turns a kept file into packed RawLogs, each chunk once. */
@NullMarked
package aqueduct.streamify;

import org.jspecify.annotations.NullMarked;
