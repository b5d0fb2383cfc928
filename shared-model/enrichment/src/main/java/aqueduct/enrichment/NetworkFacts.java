// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one autonomous system.
 *
 * @param fields encoded number, organisation and whether it is a hosting one
 * @param hosting whether it rents out servers
 * @param listed the verdict on all its events, where a list says that only bots are in it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NetworkFacts(byte[] fields, boolean hosting, @Nullable BotVerdict listed) {
  static final NetworkFacts UNKNOWN = new NetworkFacts(new byte[0], false, null);

  /** Any hosting network. */
  static final NetworkFacts HOSTING = new NetworkFacts(new byte[0], true, null);
}
