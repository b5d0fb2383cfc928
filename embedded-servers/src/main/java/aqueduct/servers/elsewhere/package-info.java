// SPDX-License-Identifier: Apache-2.0
/** Turns a topology into queues, streams and buckets of an AWS that other software emulates. */
@NullMarked
package aqueduct.servers.elsewhere;

import org.jspecify.annotations.NullMarked;
