// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.ByteScan;
import aqueduct.logs.LineProblem;
import aqueduct.logs.LogReader;
import aqueduct.logs.RawLogWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A line of a real-time log -> a RawLog. The first value is the timestamp; its date says which list
 * of fields counts. AWS changes a list some minutes before or after its date: a line of another
 * width is read by the one list that has that width, if there is one.
 */
final class RealtimeReader implements LogReader {
  private static final long DAY_MS = 86_400_000;

  /** 2100-01-01. */
  private static final long END_MS = 4_102_444_800_000L;

  private final NavigableMap<LocalDate, Columns> lists;
  private final Splitter splitter = new Splitter();
  private final RowWriter rows;
  private long lastDay = -1;
  private @Nullable Columns ofLastDay;

  RealtimeReader(NavigableMap<LocalDate, Columns> lists, RowWriter rows) {
    this.lists = lists;
    this.rows = rows;
  }

  @Override
  public void header(byte[] buffer, int from, int to) {
    // real-time logs have none
  }

  @Override
  public @Nullable LineProblem read(byte[] buffer, int from, int to, RawLogWriter out) {
    int tab = ByteScan.indexOf((byte) '\t', buffer, from, to);
    long ms = Digits.milliseconds(buffer, from, tab);
    if (ms < 0 || ms >= END_MS) {
      return Problems.BAD_TIME;
    }
    Columns columns = ofDay(ms / DAY_MS);
    if (!splitter.split(buffer, from, to, columns)) {
      Columns other = ofWidth(splitter.cells());
      if (other == null || !splitter.split(buffer, from, to, other)) {
        return Problems.realtimeWidth(splitter.cells(), columns.width());
      }
    }
    return rows.write(splitter, out);
  }

  private Columns ofDay(long day) {
    Columns columns = ofLastDay;
    if (columns == null || day != lastDay) {
      Map.Entry<LocalDate, Columns> entry = lists.floorEntry(LocalDate.ofEpochDay(day));
      columns = entry == null ? lists.firstEntry().getValue() : entry.getValue();
      ofLastDay = columns;
      lastDay = day;
    }
    return columns;
  }

  private @Nullable Columns ofWidth(int width) {
    List<Columns> fitting =
        lists.values().stream().filter(columns -> columns.width() == width).toList();
    return fitting.size() == 1 ? fitting.get(0) : null;
  }
}
