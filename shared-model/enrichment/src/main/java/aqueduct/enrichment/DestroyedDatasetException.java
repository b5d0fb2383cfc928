// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;

/** The version that answers for a day is no longer there: its licence demanded its destruction. */
public final class DestroyedDatasetException extends IOException {
  private static final long serialVersionUID = 1L;

  public DestroyedDatasetException(DatasetVersion version) {
    super(
        "dataset "
            + version.name()
            + " of "
            + version.date()
            + " was destroyed ("
            + version.retention()
            + "): add the same file again if its licence lets you, or say ', then missing' in its"
            + " manifest's retention to enrich such days without it");
  }
}
