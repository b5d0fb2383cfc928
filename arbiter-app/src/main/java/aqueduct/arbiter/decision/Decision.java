// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

/**
 * One action and why.
 *
 * @param rule the rule that decided
 * @param reason for people: what was seen, against which limit
 * @param memory to be kept before the action is taken, and given to the next decision
 */
public record Decision(Action action, String rule, String reason, Memory memory) {}
