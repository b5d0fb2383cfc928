// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.correction.lake.DayRows;
import aqueduct.correction.lake.EventBytes;
import aqueduct.correction.lake.LakeColumns;
import aqueduct.metrics.People;
import aqueduct.metrics.ReportSpec;
import aqueduct.metrics.VisitorDay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Files of the lake -> what each visitor did, in parts; bounded by {@link #MOST}. */
final class PeopleRows implements Iterator<Tuple2<String, VisitorDay>> {
  private static final int MOST = 1_000_000;
  private final Table table;
  private final LocalDate day;
  private final Iterator<DataFile> files;
  private final Schema columns;
  private final EventBytes event;
  private final People people;
  private final Set<Long> visitors;
  private final int visitor;
  private Iterator<Entry<String, VisitorDay>> ready = Collections.emptyIterator();
  private @Nullable CloseableIterable<InternalRow> open;
  private @Nullable CloseableIterator<InternalRow> rows;

  /** Of these visitors; none: of all. */
  PeopleRows(
      Table table,
      LocalDate day,
      List<ReportSpec> reports,
      Iterator<DataFile> files,
      Set<Long> visitors) {
    this.table = table;
    this.day = day;
    this.files = files;
    Set<String> names = new TreeSet<>(RowCount.columns(reports));
    names.addAll(People.fields());
    columns = DayRows.columns(table, List.copyOf(names));
    event = new EventBytes(columns);
    people = new People(reports);
    this.visitors = visitors;
    visitor = DayRows.place(columns, LakeColumns.VISITOR);
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext()) {
      if (rows != null && rows.hasNext()) {
        add(rows.next());
      } else if (files.hasNext()) {
        next(files.next());
      } else if (people.kept() > 0) {
        close();
        ready = people.take();
      } else {
        close();
        return false;
      }
    }
    return true;
  }

  private void add(InternalRow row) {
    if (!visitors.isEmpty()
        && (row.isNullAt(visitor) || !visitors.contains(row.getLong(visitor)))) {
      return;
    }
    event.write(row);
    people.add(event.buffer(), 0, event.length());
    if (people.kept() > MOST) {
      ready = people.take();
    }
  }

  private void next(DataFile file) {
    close();
    CloseableIterable<InternalRow> all =
        DayRows.read(
            table,
            file,
            columns,
            day.atStartOfDay().toInstant(ZoneOffset.UTC),
            day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    open = all;
    rows = all.iterator();
  }

  private void close() {
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      open = null;
      rows = null;
    }
  }

  @Override
  public Tuple2<String, VisitorDay> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Entry<String, VisitorDay> next = ready.next();
    return new Tuple2<>(next.getKey(), next.getValue());
  }
}
