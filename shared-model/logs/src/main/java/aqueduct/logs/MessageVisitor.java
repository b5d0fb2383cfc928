// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

/** Receives the messages of a chunk in their order. */
@FunctionalInterface
public interface MessageVisitor {
  /** One message is {@code buffer[from, to)}; it must not be changed and is valid until return. */
  void message(byte[] buffer, int from, int to);
}
