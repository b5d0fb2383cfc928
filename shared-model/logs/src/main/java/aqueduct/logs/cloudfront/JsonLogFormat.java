// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.FileStart;
import aqueduct.logs.LogFile;
import aqueduct.logs.LogFormat;
import aqueduct.logs.LogReader;
import java.util.Optional;

/**
 * CloudFront standard logs v2 as JSON, an object a line with the columns' names as keys, and as
 * Parquet, whose rows come here in that form. A file is one if a line of its first 256 KiB is such
 * an object with a time and a status or path.
 */
public final class JsonLogFormat implements LogFormat {
  private static final String PARQUET = "parquet";

  @Override
  public Optional<LogReader> recognise(LogFile file, FileStart start) {
    boolean parquet = start.container().equals(PARQUET);
    Probe probe = new Probe();
    start.forEachLine(probe::line);
    if (!probe.readable && !(parquet && start.whole() && start.from() == start.to())) {
      return Optional.empty();
    }
    String format = parquet ? "v2_parquet" : "v2_json";
    return Optional.of(new JsonLogReader(new RowWriter(file, format, 1)));
  }

  private static final class Probe {
    private final JsonCells cells = new JsonCells();
    private final EventTime time = new EventTime();
    private boolean readable;

    void line(byte[] buffer, int from, int to) {
      readable =
          readable
              || (cells.read(buffer, from, to)
                  && cells.tellsRequest()
                  && time.micros(cells) != Digits.NONE);
    }
  }
}
