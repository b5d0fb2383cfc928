// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

/**
 * What is known of one user agent.
 *
 * @param fields encoded fields of agent, system and device
 * @param verdict whether it is a bot's, from any network
 * @param hosted whether it is a bot's, from a hosting network
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AgentFacts(byte[] fields, BotVerdict verdict, BotVerdict hosted) {
  /** The event has no agent. */
  static final AgentFacts MISSING = new AgentFacts(new byte[0], BotVerdict.NONE, BotVerdict.NONE);
}
