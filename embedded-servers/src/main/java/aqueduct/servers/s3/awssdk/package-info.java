// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a directory into buckets of objects, each kept or replaced as a whole.
 *
 * <p>The package's name matters: s3proxy hands conditions (If-Match, If-None-Match) to a store only
 * if the name of its class contains ".awssdk."; it would check them itself, not atomically, or
 * refuse them otherwise.
 */
@NullMarked
package aqueduct.servers.s3.awssdk;

import org.jspecify.annotations.NullMarked;
