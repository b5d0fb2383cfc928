// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.parquet;

import aqueduct.logs.FileContainer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A Parquet file with flat columns, as standard logging v2 delivers them -> its rows as JSON. Reads
 * uncompressed, Snappy, gzip and zstd pages.
 */
public final class ParquetContainer implements FileContainer {
  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public byte[] magic() {
    return "PAR1".getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public InputStream rows(Path file) throws IOException {
    return new RowStream(file);
  }
}
