// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.correction.lake.DayRows;
import aqueduct.correction.lake.EventBytes;
import aqueduct.correction.lake.LakeColumns;
import aqueduct.metrics.Cube;
import aqueduct.metrics.DeltaCodec;
import aqueduct.metrics.GroupedDeltas;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.ReportSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.LongConsumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Rows of files of the lake, in some buckets -> encoded deltas, each under the group in which it
 * must be summed. Counted by the live path's own cube. Memory is bounded by {@link #MOST_CELLS},
 * whatever the files hold.
 */
final class RowCount implements Iterator<Tuple2<String, byte[]>> {
  /** A cube with more cells gives its deltas away and starts anew; they are summed later. */
  private static final int MOST_CELLS = 100_000;

  private static final int TELL_EVERY = 10_000;
  private final Table table;
  private final Buckets buckets;
  private final List<ReportSpec> reports;
  private final Iterator<DataFile> files;
  private final LongConsumer progress;
  private final Schema columns;
  private final EventBytes event;
  private final Queue<Iterator<MetricDelta>> ready = new ArrayDeque<>();
  private Cube cube;

  RowCount(
      Table table,
      Buckets buckets,
      List<ReportSpec> reports,
      Iterator<DataFile> files,
      LongConsumer progress) {
    this.table = table;
    this.buckets = buckets;
    this.reports = reports;
    this.files = files;
    this.progress = progress;
    this.columns = DayRows.columns(table, columns(reports));
    this.event = new EventBytes(columns);
    this.cube = new Cube(reports);
  }

  static List<String> columns(List<ReportSpec> reports) {
    List<String> names = new ArrayList<>(Cube.fields(reports));
    names.replaceAll(name -> name.equals("time_us") ? LakeColumns.TIME : name);
    return names;
  }

  @Override
  public boolean hasNext() {
    while (true) {
      Iterator<MetricDelta> deltas = ready.peek();
      if (deltas != null && deltas.hasNext()) {
        return true;
      }
      if (deltas != null) {
        ready.remove();
      } else if (files.hasNext()) {
        count(files.next());
      } else if (cube.cells() > 0) {
        giveAway();
      } else {
        return false;
      }
    }
  }

  @Override
  public Tuple2<String, byte[]> next() {
    @Nullable Iterator<MetricDelta> deltas = hasNext() ? ready.peek() : null;
    if (deltas == null) {
      throw new NoSuchElementException();
    }
    MetricDelta delta = deltas.next();
    return new Tuple2<>(GroupedDeltas.group(delta.key()), DeltaCodec.encode(delta));
  }

  private void giveAway() {
    ready.add(cube.deltas());
    cube = new Cube(reports);
  }

  private void count(DataFile file) {
    int time = DayRows.place(columns, LakeColumns.TIME);
    long counted = 0;
    try (CloseableIterable<InternalRow> rows =
        DayRows.read(table, file, columns, buckets.from(), buckets.to())) {
      for (InternalRow row : rows) {
        if (!buckets.has(row.getLong(time))) {
          continue;
        }
        event.write(row);
        cube.add(event.buffer(), 0, event.length());
        if (cube.cells() > MOST_CELLS) {
          giveAway();
        }
        if (++counted % TELL_EVERY == 0) {
          progress.accept(TELL_EVERY);
        }
      }
      progress.accept(counted % TELL_EVERY);
    } catch (IOException e) {
      throw new UncheckedIOException(file.location() + " cannot be read", e);
    }
  }
}
