// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.metrics.CorrectedDays.Difference;
import java.util.Locale;
import java.util.stream.Collectors;

/** An outcome -> one line of JSON. Its texts are our own, so nothing needs escaping. */
final class OutcomeJson {
  private OutcomeJson() {}

  static String line(Outcome o) {
    return String.format(
        Locale.ROOT,
        "{\"day\":\"%s\",\"result\":\"%s\",\"version\":%d,\"shown\":%d,\"locked\":%b,\"files\":%d,\"rows\":%d,"
            + "\"difference\":[%s],\"alarm\":%b,\"seconds\":%.1f}",
        o.day(),
        o.result(),
        o.version(),
        o.shown(),
        o.locked(),
        o.files(),
        o.rows(),
        o.difference().stream().map(OutcomeJson::difference).collect(Collectors.joining(",")),
        o.alarm(),
        o.seconds());
  }

  private static String difference(Difference d) {
    return String.format(
        Locale.ROOT,
        "{\"report\":\"%s\",\"measure\":\"%s\",\"live\":%d,\"corrected\":%d}",
        d.report(),
        d.measure(),
        d.before(),
        d.after());
  }
}
