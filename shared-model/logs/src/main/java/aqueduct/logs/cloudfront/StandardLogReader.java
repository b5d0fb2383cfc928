// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.LineProblem;
import aqueduct.logs.LogReader;
import aqueduct.logs.RawLogWriter;
import org.jspecify.annotations.Nullable;

/** A line of a standard log, v1 or v2 in W3C form -> a RawLog. */
final class StandardLogReader implements LogReader {
  private final Header header = new Header();
  private final Splitter splitter = new Splitter();
  private final RowWriter rows;

  /** Of a file whose values stand between {@code delimiter}. */
  StandardLogReader(byte[] delimiter, RowWriter rows) {
    this.rows = rows;
    splitter.delimiter(delimiter);
  }

  @Override
  public void header(byte[] buffer, int from, int to) {
    header.line(buffer, from, to);
    if (header.columns() != null) {
      rows.format(header.format());
    }
  }

  @Override
  public @Nullable LineProblem read(byte[] buffer, int from, int to, RawLogWriter out) {
    if (header.refused() || !splitter.split(buffer, from, to, header.columns())) {
      return Problems.width(splitter.cells(), header);
    }
    return rows.write(splitter, out);
  }
}
