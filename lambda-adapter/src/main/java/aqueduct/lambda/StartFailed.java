// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

/** The element did not start; its cause is what Lambda and the log are told. */
final class StartFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Throwable reason;

  StartFailed(Throwable reason) {
    super(reason);
    this.reason = reason;
  }

  @Override
  public synchronized Throwable getCause() {
    return reason;
  }
}
