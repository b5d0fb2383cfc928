// SPDX-License-Identifier: Apache-2.0
/** Turns what a queue says about objects in S3 into the objects' names, whatever wrapped it. */
@NullMarked
package aqueduct.logs.notice;

import org.jspecify.annotations.NullMarked;
