// SPDX-License-Identifier: Apache-2.0
/** Turns the lines of log files into RawLogs, and many messages into few Kinesis records. */
@NullMarked
package aqueduct.logs;

import org.jspecify.annotations.NullMarked;
