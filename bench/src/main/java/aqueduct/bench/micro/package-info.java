// SPDX-License-Identifier: Apache-2.0
/** Turns the hot paths into JMH figures: events per second, and with -prof gc bytes of garbage. */
@NullMarked
package aqueduct.bench.micro;

import org.jspecify.annotations.NullMarked;
