// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.LakeInputs.Input;
import aqueduct.correction.lake.DayFile;
import aqueduct.correction.lake.EventRow;
import aqueduct.correction.raw.EnrichedFiles;
import aqueduct.correction.raw.RawFile;
import aqueduct.correction.raw.RawStore;
import aqueduct.logs.FileSummary;
import aqueduct.metrics.Cube;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Some raw files -> one parquet file with their events of one day. Events of other days are left
 * out, as are those of erased visitors and those too far ahead of their file's arrival. Not
 * thread-safe.
 */
final class BundleTask {
  private static final long DAY_MICROS = 86_400_000_000L;
  private final CorrectionSettings settings;
  private final Table table;
  private final LocalDate day;
  private final EventRow row;
  private final EnrichedFiles files;
  private final Tombstones tombstones;
  private @Nullable DayFile target;
  private long latest;
  private long rows;
  private long future;

  BundleTask(CorrectionSettings settings, Table table, LocalDate day, Tombstones tombstones) {
    this.settings = settings;
    this.table = table;
    this.day = day;
    this.tombstones = tombstones;
    row = new EventRow(table.schema());
    files = new EnrichedFiles(settings.enrichment(), settings.limits());
  }

  /** What came of the bundle; no file if none of its events is of the day. */
  record Bundled(@Nullable DataFile file, List<Input> inputs) implements Serializable {}

  /** Raw files that become one file of the lake, of that name. */
  record Bundle(String name, List<RawFile> files) implements Serializable {}

  Bundled run(Bundle bundle, LongConsumer progress) throws IOException {
    List<Input> inputs = new ArrayList<>();
    try {
      for (RawFile file : bundle.files()) {
        rows = 0;
        future = 0;
        read(file, bundle.name());
        inputs.add(new Input(file.fileId(), "", rows, future));
        progress.accept(file.lines());
      }
    } finally {
      if (target != null) {
        target.close();
      }
    }
    DataFile done = target == null ? null : target.file();
    String path = done == null ? "" : done.location();
    return new Bundled(
        done,
        inputs.stream()
            .map(i -> new Input(i.fileId(), i.rows() == 0 ? "" : path, i.rows(), i.future()))
            .toList());
  }

  private void read(RawFile file, String name) throws IOException {
    row.source(file.name().key());
    Instant last = file.modified().plus(Cube.FUTURE);
    latest = last.toEpochMilli() * 1000;
    try (InputStream in = RawStore.at(settings.raw()).open(file.file())) {
      FileSummary summary =
          files.read(file.file(), in, (buffer, from, to) -> add(name, row.read(buffer, from, to)));
      if (summary.lines() != file.lines()) {
        throw new IOException(
            file.name().key()
                + " has "
                + summary.lines()
                + " lines, and the index says "
                + file.lines()
                + ": was it read by another version? Rebuild the day with --full");
      }
    }
  }

  private void add(String name, InternalRow event) {
    if (Math.floorDiv(row.micros(), DAY_MICROS) != day.toEpochDay()) {
      return;
    }
    if (row.micros() > latest) {
      future++;
      return;
    }
    if (tombstones.cover(event, row.visitor())) {
      return;
    }
    if (target == null) {
      target = open(name);
    }
    target.add(event);
    rows++;
  }

  private DayFile open(String name) {
    try {
      return new DayFile(table, day, name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("a file of the lake cannot be opened", e);
    }
  }
}
