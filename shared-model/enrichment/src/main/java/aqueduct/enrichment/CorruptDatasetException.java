// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;

/** A dataset's bytes are not those that its manifest promises. */
public final class CorruptDatasetException extends IOException {
  private static final long serialVersionUID = 1L;

  public CorruptDatasetException(String message) {
    super(message);
  }
}
