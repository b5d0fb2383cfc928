// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The datasets that enrichment may ask, each in versions by date: {@code
 * datasets/<name>/<date>/manifest.json} beside the file. Immutable: a version once added never
 * changes.
 */
public interface DatasetCatalogue {

  /** All versions of the dataset, oldest first. */
  List<DatasetVersion> versions(String name);

  /** The names of all datasets that have a version. */
  List<String> names();

  /**
   * The bytes of a version, verified against its SHA-256 before the first of them is handed out.
   * Throws {@link CorruptDatasetException} if they do not match.
   */
  InputStream open(DatasetVersion version) throws IOException;

  /**
   * For an event of {@code day}: the newest version dated on or before that day. Never a later one.
   */
  default Optional<DatasetVersion> versionFor(String name, LocalDate day) {
    return versions(name).stream()
        .filter(version -> !version.date().isAfter(day))
        .reduce((older, newer) -> newer);
  }
}
