// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

/** Where a test lets the process die, as a machine would: system property aqueduct.kill. */
final class KillPoint {
  private KillPoint() {}

  static void before(String step) {
    at("before " + step);
  }

  static void after(String step) {
    at("after " + step);
  }

  /** Halts the JVM, running nothing of it any more, if this is the point. */
  static void at(String point) {
    if (point.equals(System.getProperty("aqueduct.kill"))) {
      Runtime.getRuntime().halt(137);
    }
  }
}
