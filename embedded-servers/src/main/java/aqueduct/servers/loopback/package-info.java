// SPDX-License-Identifier: Apache-2.0
/** Turns an HTTP handler into a listener on 127.0.0.1. */
@NullMarked
package aqueduct.servers.loopback;

import org.jspecify.annotations.NullMarked;
