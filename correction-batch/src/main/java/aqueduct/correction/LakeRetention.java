// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.lake.Lake;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lake -> the lake without days that are kept no longer, and without its earlier states. */
final class LakeRetention {
  private static final Logger log = LoggerFactory.getLogger(LakeRetention.class);

  private LakeRetention() {}

  /**
   * May be repeated.
   *
   * @param limit days that ended before it go
   */
  static void apply(Lake lake, List<LocalDate> days, Instant limit) {
    for (LocalDate day : days) {
      boolean ended = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(limit);
      List<DataFile> files = ended ? lake.files(day) : List.of();
      if (!files.isEmpty()) {
        lake.replace(day, files, List.of(), "retention");
        log.info("{}: {} files left the lake", day, files.size());
      }
    }
    lake.forgetOldFiles();
  }
}
