// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.correction.raw.RawFile.LogFileName;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.FieldScan;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import aqueduct.logs.Unpacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A file of which nothing is known -> its entry in the index, by reading it. */
public final class RawScan implements FileStreamer.Outlet {
  private static final long DAY_MICROS = 86_400_000_000L;
  private final Set<Long> days = new TreeSet<>();
  private final Unpacker unpacker = new Unpacker("RawLog");
  private final FieldScan scan = new FieldScan();

  private RawScan() {}

  /** A kept file, in a form that travels between processes. */
  public record Named(LogFileName name, Instant modified) implements Serializable {
    public static Named of(RawStore.Kept kept) {
      return new Named(LogFileName.of(kept.file()), kept.modified());
    }

    public RawStore.Kept kept() {
      return new RawStore.Kept(
          new LogFile(name.bucket(), name.key(), name.etag(), name.size()), modified);
    }
  }

  /** Reads the file to its end. */
  public static RawFile read(
      RawStore store, RawStore.Kept kept, boolean streamed, ReadLimits limits) throws IOException {
    RawScan scan = new RawScan();
    FileSummary summary;
    try (InputStream in = store.open(kept.file())) {
      summary = new FileStreamer(kept.file(), Codec.KPL, limits, scan).stream(in);
    }
    return entry(kept, summary, scan.days.stream().map(LocalDate::ofEpochDay).toList(), streamed);
  }

  /** The entry of a file whose content is at hand, taken as one that the live path has seen. */
  public static RawFile read(LogFile file, byte[] content, Instant modified, ReadLimits limits)
      throws IOException {
    RawScan scan = new RawScan();
    FileSummary summary =
        new FileStreamer(file, Codec.KPL, limits, scan).stream(new ByteArrayInputStream(content));
    return entry(
        new RawStore.Kept(file, modified),
        summary,
        scan.days.stream().map(LocalDate::ofEpochDay).toList(),
        true);
  }

  static RawFile entry(
      RawStore.Kept kept, FileSummary summary, List<LocalDate> days, boolean streamed) {
    return new RawFile(
        LogFileName.of(kept.file()),
        kept.modified(),
        summary.lines(),
        summary.firstEvent().orElse(null),
        summary.lastEvent().orElse(null),
        days,
        streamed);
  }

  @Override
  public void chunk(PackedRecord record, ChunkHeader header) {
    try {
      unpacker
          .unpack(record.data())
          .forEach(
              (buffer, from, to) -> {
                scan.scan(buffer, from, to);
                days.add(Math.floorDiv(scan.number(RawLog.TIME_US_FIELD_NUMBER), DAY_MICROS));
              });
    } catch (CorruptRecordException e) {
      throw new IllegalStateException("a record just packed can be unpacked", e);
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    // counted in the summary
  }
}
