// SPDX-License-Identifier: Apache-2.0
/** Turns lines of CloudFront standard logs into RawLogs. */
@NullMarked
package aqueduct.logs.cloudfront;

import org.jspecify.annotations.NullMarked;
