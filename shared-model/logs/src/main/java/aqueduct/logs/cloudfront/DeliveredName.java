// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a delivered file -> the distribution: by v2's folders, {@code
 * [AWSLogs/ACCOUNT/CloudFront/]DistributionId=E1.../year=...}, or by the file's name, {@code
 * [prefix/]DISTRIBUTION.YYYY-MM-DD-HH.UNIQUE.gz}.
 */
final class DeliveredName {
  private static final Pattern NAME =
      Pattern.compile("(?:.*/)?([^./]+)\\.\\d{4}-\\d{2}-\\d{2}-\\d{2}\\.[^./]+(?:\\.[^/]*)?");

  /** A folder that says so (Hive's form), or looks like one: E and 9 to 15 more. */
  private static final Pattern FOLDER =
      Pattern.compile("(?:^|/)(?:(?i:distributionid)=([^/]+)|(E[A-Z0-9]{9,15}))/");

  private DeliveredName() {}

  /** Empty if the file's name has another form. */
  static Optional<String> distribution(String key) {
    Matcher matcher = NAME.matcher(key);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Empty if no folder names a distribution. */
  static Optional<String> distributionOfFolders(String key) {
    Matcher matcher = FOLDER.matcher(key);
    if (!matcher.find()) {
      return Optional.empty();
    }
    return Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
  }
}
