// SPDX-License-Identifier: Apache-2.0
/** Turns log lines with what is expected of them into what differs. */
@NullMarked
package aqueduct.enrichment.cases;

import org.jspecify.annotations.NullMarked;
