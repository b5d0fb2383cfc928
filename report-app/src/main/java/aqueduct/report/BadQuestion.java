// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

/**
 * A question that cannot be answered; the message names the parameter, its value and what is
 * allowed.
 */
final class BadQuestion extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String parameter;
  private final String value;
  private final String allowed;

  BadQuestion(String parameter, String value, String allowed) {
    super(parameter + " is '" + value + "': " + allowed);
    this.parameter = parameter;
    this.value = value;
    this.allowed = allowed;
  }

  String parameter() {
    return parameter;
  }

  String value() {
    return value;
  }

  String allowed() {
    return allowed;
  }
}
