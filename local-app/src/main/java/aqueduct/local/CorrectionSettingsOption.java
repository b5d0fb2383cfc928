// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Settings of the correction, in place of the local ones. */
final class CorrectionSettingsOption {
  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "a setting under aqueduct.correction, such as alarm=0.01, lateness=30d or"
              + " warehouse=s3://lake/warehouse")
  private Map<String, String> settings = Map.of();

  /** To be added to. */
  Map<String, String> settings() {
    return new LinkedHashMap<>(settings);
  }
}
