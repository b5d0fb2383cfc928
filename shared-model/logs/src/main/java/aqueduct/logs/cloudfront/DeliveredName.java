// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a delivered file, {@code [prefix/]DISTRIBUTION.YYYY-MM-DD-HH.UNIQUE.gz} -> the
 * distribution.
 */
final class DeliveredName {
  private static final Pattern NAME =
      Pattern.compile("(?:.*/)?([^./]+)\\.\\d{4}-\\d{2}-\\d{2}-\\d{2}\\.[^./]+(?:\\.[^/]*)?");

  private DeliveredName() {}

  /** Empty if the key has another form. */
  static Optional<String> distribution(String key) {
    Matcher matcher = NAME.matcher(key);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
