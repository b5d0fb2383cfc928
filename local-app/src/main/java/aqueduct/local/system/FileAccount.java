// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

/**
 * What became of one given file.
 *
 * @param lines log lines in it
 * @param duplicates lines not counted again, because the same file was counted before
 * @param problem why it could not be read to its end; empty if it was
 */
public record FileAccount(
    String file,
    long lines,
    long events,
    long rejected,
    long filtered,
    long duplicates,
    String problem) {

  /** Whether every line is accounted for. */
  public boolean isWhole() {
    return lines == events + rejected + filtered + duplicates;
  }
}
