// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.metrics.CorrectedDays.Difference;
import java.time.LocalDate;
import java.util.List;

/**
 * What became of a day.
 *
 * @param result published, locked, unchanged or empty
 * @param shown the version that readers see now; 0 is the live count
 * @param files raw files that the version was made of
 * @param rows rows of the day's parquet
 * @param counted whether all of them were counted for this version, not only what came to it
 * @param difference what the correction found other than the live path counted
 * @param alarm whether that is more than it may be
 */
record Outcome(
    LocalDate day,
    String result,
    int version,
    int shown,
    boolean locked,
    int files,
    long rows,
    boolean counted,
    List<Difference> difference,
    boolean alarm,
    double seconds) {}
