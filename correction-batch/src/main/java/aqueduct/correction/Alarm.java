// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.metrics.CorrectedDays.Difference;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What live path and correction counted differently -> what somebody should be told of. Silent
 * about a day that has not ended, where the one runs after the other.
 *
 * @param threshold the share of the live sum by which the corrected one may differ, such as 0.001
 * @param grace how long after a day's end its files may be on their way
 */
record Alarm(double threshold, Duration grace) {

  List<Difference> of(LocalDate day, List<Difference> differences, Instant now) {
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(grace);
    return end.isAfter(now) ? List.of() : differences.stream().filter(this::isLarge).toList();
  }

  private boolean isLarge(Difference difference) {
    return Math.abs(difference.after() - difference.before())
        > threshold * Math.max(1, difference.before());
  }
}
