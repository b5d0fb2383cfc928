// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters;

/** The backend did not do it: it is too busy, or has no capacity. May be asked again. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
