// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

/**
 * What is known of one user agent.
 *
 * @param fields encoded fields of agent, system, device and bot
 * @param bot whether it is a bot's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AgentFacts(byte[] fields, boolean bot) {}
