// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;

/**
 * Files that came to a day since its newest version was counted, where nothing else has changed:
 * the version's numbers are gone on with.
 *
 * @param counted what the version was counted from
 */
record Addition(List<DataFile> counted, List<DataFile> added) {
  /** What the new rows touch is held in memory. */
  private static final long MOST_ROWS = 500_000;

  Addition {
    counted = List.copyOf(counted);
    added = List.copyOf(added);
  }

  /** Empty where the day must be counted as a whole, or where that is as quick. */
  static Optional<Addition> of(List<DataFile> files, Set<String> counted) {
    List<DataFile> old = files.stream().filter(file -> counted.contains(file.location())).toList();
    List<DataFile> added =
        files.stream().filter(file -> !counted.contains(file.location())).toList();
    boolean nothingElse = !old.isEmpty() && old.size() == counted.size();
    boolean isSmall = rows(added) <= MOST_ROWS && rows(added) <= rows(old) / 2;
    return nothingElse && isSmall ? Optional.of(new Addition(old, added)) : Optional.empty();
  }

  static long rows(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }
}
