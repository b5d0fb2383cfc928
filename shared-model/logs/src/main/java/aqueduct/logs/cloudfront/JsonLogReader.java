// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.LineProblem;
import aqueduct.logs.LogReader;
import aqueduct.logs.RawLogWriter;
import org.jspecify.annotations.Nullable;

/** A line of JSON, as standard logs v2 have it, or a row of Parquet in that form -> a RawLog. */
final class JsonLogReader implements LogReader {
  private final JsonCells cells = new JsonCells();
  private final RowWriter rows;

  JsonLogReader(RowWriter rows) {
    this.rows = rows;
  }

  @Override
  public void header(byte[] buffer, int from, int to) {
    // JSON has no header lines; one that starts with '#' is a remark.
  }

  @Override
  public @Nullable LineProblem read(byte[] buffer, int from, int to, RawLogWriter out) {
    if (!cells.read(buffer, from, to)) {
      return Problems.BAD_JSON;
    }
    out.anyBytes();
    return rows.write(cells, out);
  }
}
