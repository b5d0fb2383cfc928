// SPDX-License-Identifier: Apache-2.0
/** Turns settings into what enrichment asks: datasets, keys and rules, from directories or S3. */
@NullMarked
package aqueduct.stores.enrichment;

import org.jspecify.annotations.NullMarked;
