// SPDX-License-Identifier: Apache-2.0
package aqueduct.router;

import org.jspecify.annotations.Nullable;

/** A message could not be routed this time; it comes again, and in the end to the dead letters. */
final class RouterFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RouterFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
