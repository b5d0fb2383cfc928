// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

/** A key -> what a log line may show of it: its last name, printable, at most 100 characters. */
final class FileName {
  private FileName() {}

  static String of(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    String cut = name.length() > 100 ? name.substring(0, 100) + "..." : name;
    return "'" + cut.replaceAll("[^\\x20-\\x7e]", "?") + "'";
  }
}
