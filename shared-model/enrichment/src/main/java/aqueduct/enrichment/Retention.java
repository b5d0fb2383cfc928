// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.time.LocalDate;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a licence lets a version be kept, and what then happens to events that ask for it:
 * {@code forever}; {@code 30 days after the next version} (events that ask for it then fail, until
 * somebody decides); {@code 30 days after the next version, then missing} (they are enriched
 * without it, and say so). Never does another version answer in its place.
 *
 * @param daysAfterNext empty: forever
 * @param thenMissing whether events are enriched without it once it was destroyed
 */
public record Retention(OptionalInt daysAfterNext, boolean thenMissing) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,4}) days after the next version(, then (missing|fail))?");

  /** Throws IllegalArgumentException for another form. */
  public static Retention parse(String text) {
    if (text.equals("forever")) {
      return new Retention(OptionalInt.empty(), false);
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "retention is '"
              + text
              + "': must be 'forever', '30 days after the next version' or '30 days after the next"
              + " version, then missing'");
    }
    return new Retention(
        OptionalInt.of(Integer.parseInt(form.group(1))), "missing".equals(form.group(3)));
  }

  /** Whether a version must be destroyed by {@code today}, if the next one came that day. */
  public boolean isDue(LocalDate next, LocalDate today) {
    return daysAfterNext.isPresent() && !today.isBefore(next.plusDays(daysAfterNext.getAsInt()));
  }
}
