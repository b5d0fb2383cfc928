// SPDX-License-Identifier: Apache-2.0
/** Turns a directory into a Kinesis endpoint: streams, shards and records in append-only files. */
@NullMarked
package aqueduct.servers.kinesis;

import org.jspecify.annotations.NullMarked;
