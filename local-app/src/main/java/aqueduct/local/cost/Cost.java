// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.cost;

/**
 * A line of the bill.
 *
 * @param stage pipe or element
 * @param what it is made of
 * @param dollars a day
 */
public record Cost(String stage, String what, double dollars) {}
