// SPDX-License-Identifier: Apache-2.0
/** Turns the stream of rejections into objects that are kept, by day, stage and reason. */
@NullMarked
package aqueduct.quarantine;

import org.jspecify.annotations.NullMarked;
