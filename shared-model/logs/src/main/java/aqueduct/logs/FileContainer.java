// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A file whose rows cannot be read one after the other as it arrives -> the same rows as lines of
 * JSON. The port for such formats (Parquet): found by {@link java.util.ServiceLoader}. The file is
 * on disk when it is opened. A row's number, from 1, is its line number.
 */
public interface FileContainer {
  /** Such as {@code parquet}: {@link FileStart#container()} of its rows. */
  String name();

  /** The bytes that every such file begins with. */
  byte[] magic();

  /**
   * The rows, one JSON object a line, always the same bytes for the same file. Reading throws
   * IOException or RuntimeException where the file is damaged, after the rows before.
   */
  InputStream rows(Path file) throws IOException;
}
