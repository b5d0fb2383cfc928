// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

/** The metric store did not do what was asked; trying again is safe. */
public final class MetricStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MetricStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
