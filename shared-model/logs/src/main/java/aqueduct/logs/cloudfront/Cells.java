// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

/**
 * One line, taken apart: what each of its values is, and where its bytes are. Valid until the next
 * line.
 */
interface Cells {
  int width();

  Field field(int cell);

  byte[] buffer(int cell);

  int from(int cell);

  int to(int cell);

  /** The cell that holds the date, or -1; so for the others. */
  int date();

  int time();

  int epochMs();

  int epochSeconds();

  /** Whether the cell holds a value: {@code -} and nothing are none. */
  default boolean has(int cell) {
    if (cell < 0) {
      return false;
    }
    int length = to(cell) - from(cell);
    return length > 1 || (length == 1 && buffer(cell)[from(cell)] != '-');
  }
}
