// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import picocli.CommandLine.Option;

/** How the answer is written. */
final class FormatOption {
  @Option(
      names = "--format",
      description = "table, json, ndjson or csv; default: table",
      defaultValue = "table")
  private Format format = Format.TABLE;

  Format format() {
    return format;
  }
}
