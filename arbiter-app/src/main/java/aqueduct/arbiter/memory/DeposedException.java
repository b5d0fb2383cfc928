// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.memory;

/** Another arbiter acts now. */
public final class DeposedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeposedException(String message) {
    super(message);
  }
}
