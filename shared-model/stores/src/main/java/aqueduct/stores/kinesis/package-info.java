// SPDX-License-Identifier: Apache-2.0
/** Turns packed records into records of a Kinesis stream, all of them. */
@NullMarked
package aqueduct.stores.kinesis;

import org.jspecify.annotations.NullMarked;
