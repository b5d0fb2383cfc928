// SPDX-License-Identifier: Apache-2.0
package aqueduct.quarantine;

import aqueduct.wire.Rejection;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rejections are kept together.
 *
 * @param day of the log file, as its name says; {@value #NO_DAY} where it says none
 */
record RejectionGroup(String day, String stage, String reason)
    implements Comparable<RejectionGroup> {
  private static final String NO_DAY = "unknown";
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Comparator<RejectionGroup> ORDER =
      Comparator.comparing(RejectionGroup::day)
          .thenComparing(RejectionGroup::stage)
          .thenComparing(RejectionGroup::reason);

  static RejectionGroup of(Rejection rejection) {
    Matcher day = DAY.matcher(rejection.getKey());
    return new RejectionGroup(
        day.find() ? day.group() : NO_DAY, word(rejection.getStage()), word(rejection.getReason()));
  }

  /** Nobody's record may choose another place: small letters, digits and _ alone. */
  private static String word(String text) {
    String word = text.replaceAll("[^a-z0-9_]", "_");
    return word.isEmpty() ? NO_DAY : word.substring(0, Math.min(64, word.length()));
  }

  /** {@code day=2026-01-15/stage=streamify/reason=bad_date/}, as query engines partition. */
  String folder() {
    return "day=" + day + "/stage=" + stage + "/reason=" + reason + "/";
  }

  @Override
  public int compareTo(RejectionGroup other) {
    return ORDER.compare(this, other);
  }
}
