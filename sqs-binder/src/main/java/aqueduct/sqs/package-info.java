// SPDX-License-Identifier: Apache-2.0
/** Turns an SQS queue into a Spring Cloud Stream destination, and back. */
@NullMarked
package aqueduct.sqs;

import org.jspecify.annotations.NullMarked;
