// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.writers;

/** The store of the writers did not answer. */
public final class WritersUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WritersUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
