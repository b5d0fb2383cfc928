// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a closed window of a Kinesis stream's arrival time into a Spark batch, the same one however
 * often it is read.
 */
@NullMarked
package aqueduct.aggregate.windows;

import org.jspecify.annotations.NullMarked;
