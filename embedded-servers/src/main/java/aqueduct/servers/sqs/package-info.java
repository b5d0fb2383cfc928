// SPDX-License-Identifier: Apache-2.0
/** Turns a directory into an SQS endpoint: ElasticMQ with its messages on disk. */
@NullMarked
package aqueduct.servers.sqs;

import org.jspecify.annotations.NullMarked;
