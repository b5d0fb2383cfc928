// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

/**
 * A notice could not be served this time; it comes again, and in the end goes to the dead letters.
 * Messages name files by their last name only.
 */
final class BackupFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BackupFailedException(String message) {
    super(message);
  }

  BackupFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
