// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

/**
 * The claim on a file has passed to another worker: this one stops, and what it sent is recognised
 * as repeats.
 */
final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(String file) {
    super("the claim on " + file + " was lost to another worker");
  }
}
