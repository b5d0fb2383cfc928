// SPDX-License-Identifier: Apache-2.0
/** Turns a plan and a seed into CloudFront log files, and what must be counted of them. */
@NullMarked
package aqueduct.local.traffic;

import org.jspecify.annotations.NullMarked;
