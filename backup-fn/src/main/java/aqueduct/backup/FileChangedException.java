// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

/**
 * What a step relied on is no longer so: the file was overwritten, moved, or its name was taken.
 */
final class FileChangedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FileChangedException(String message, Throwable cause) {
    super(message, cause);
  }
}
