// SPDX-License-Identifier: Apache-2.0
/** Turns a directory into an S3 endpoint that tells queues of new objects. */
@NullMarked
package aqueduct.servers.s3;

import org.jspecify.annotations.NullMarked;
