// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import java.util.Set;

/**
 * What may be done with one thing.
 *
 * @param service s3, sqs, kinesis or dynamodb
 * @param resource role of a bucket, name of a pipe or of a table
 * @param actions of the service, without its name
 */
public record Grant(String service, String resource, Set<String> actions) {}
