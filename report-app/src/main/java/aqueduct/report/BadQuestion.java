// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

/**
 * A question that cannot be answered; the message names the parameter, its value and what is
 * allowed.
 */
final class BadQuestion extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadQuestion(String parameter, String value, String allowed) {
    super(parameter + " is '" + value + "': " + allowed);
  }
}
