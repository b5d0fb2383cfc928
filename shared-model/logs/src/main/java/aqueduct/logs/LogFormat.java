// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.util.Optional;

/**
 * The beginning of a file -> the reader of its lines. The port for formats of log files: found by
 * {@link java.util.ServiceLoader}, so a further format is one class and one line in {@code
 * META-INF/services}. A file that no format recognises is rejected as a whole.
 */
public interface LogFormat {

  /**
   * A new reader for this file, or empty if the file is not of this format. The answer must be a
   * function of the arguments, so that a file streamified again gives the same bytes.
   */
  Optional<LogReader> recognise(LogFile file, FileStart start);
}
