// SPDX-License-Identifier: Apache-2.0
/**
 * Turns what Aqueduct gives away - its streams, its kept rejections, its reports - into values in a
 * program of yours.
 */
@NullMarked
package aqueduct.client;

import org.jspecify.annotations.NullMarked;
