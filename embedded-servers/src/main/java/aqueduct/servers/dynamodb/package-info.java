// SPDX-License-Identifier: Apache-2.0
/** Turns a directory into a DynamoDB endpoint: DynamoDB local with its tables in one file. */
@NullMarked
package aqueduct.servers.dynamodb;

import org.jspecify.annotations.NullMarked;
