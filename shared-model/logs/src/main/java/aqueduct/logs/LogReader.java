// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import org.jspecify.annotations.Nullable;

/**
 * One file's line bytes -> RawLog bytes. Gets the file's lines in order, without line ends and BOM;
 * never an empty one. Makes no object per line that it can read. Never throws for what a line
 * holds.
 */
public interface LogReader {

  /** Takes note of the header line {@code buffer[from, to)}, which starts with '#'. */
  void header(byte[] buffer, int from, int to);

  /**
   * Appends the RawLog of the line {@code buffer[from, to)} to {@code out} and returns null, or
   * says what is wrong; what it then has appended is dropped. {@code out} holds file id and line
   * already; the reader must give it the time.
   */
  @Nullable LineProblem read(byte[] buffer, int from, int to, RawLogWriter out);
}
