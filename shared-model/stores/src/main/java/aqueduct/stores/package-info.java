// SPDX-License-Identifier: Apache-2.0
/** Turns the ports of the pure jars into S3, DynamoDB, PostgreSQL and Kinesis. */
@NullMarked
package aqueduct.stores;

import org.jspecify.annotations.NullMarked;
