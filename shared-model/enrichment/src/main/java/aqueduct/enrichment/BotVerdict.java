// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

/**
 * Whether an event is a bot's.
 *
 * @param bot whether it is
 * @param fields encoded: why, which bot, by which list; empty if it is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BotVerdict(boolean bot, byte[] fields) {
  static final BotVerdict NONE = new BotVerdict(false, new byte[0]);
}
