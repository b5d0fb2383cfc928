// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

/** Whether a person looks on. */
final class Terminal {
  private Terminal() {}

  /** The launcher says so: from JDK 22 on Java has a console without a terminal too. */
  static boolean isTerminal() {
    return "1".equals(System.getenv("AQUEDUCT_TERMINAL"));
  }
}
