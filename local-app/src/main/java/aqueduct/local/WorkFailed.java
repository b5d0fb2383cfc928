// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

/** The command could not do its work; the message says why and what to do. */
final class WorkFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorkFailed(String message) {
    super(message);
  }

  WorkFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
