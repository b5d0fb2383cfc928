// SPDX-License-Identifier: Apache-2.0
/** Turns a directory into S3, SQS, Kinesis, DynamoDB and PostgreSQL on loopback. */
@NullMarked
package aqueduct.servers;

import org.jspecify.annotations.NullMarked;
