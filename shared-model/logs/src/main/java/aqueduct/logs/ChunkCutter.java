// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file's data lines and their events -> its chunks, cut by the fixed rule, and its summary. For
 * each line: {@link #line}, then {@link #event} or {@link #rejectedLine}.
 */
final class ChunkCutter {
  /** Part of the wire contract: another rule gives the same file other chunk ids. */
  static final int MAX_LINES = 1_000;

  static final int MAX_LINE_BYTES = 512 << 10;

  /** A stream's limit less room for the key, which counts. */
  private static final int MAX_RECORD_BYTES = (1 << 20) - 256;

  private final long fileId;
  private final Codec codec;
  private final FileStreamer.Outlet outlet;
  private final Packer packer;
  private int firstLine;
  private int lines;
  private long lineBytes;
  private int rejected;
  private int chunks;
  private long allLines;
  private long allRejected;
  private long minTimeUs = Long.MAX_VALUE;
  private long maxTimeUs = Long.MIN_VALUE;

  ChunkCutter(long fileId, Codec codec, FileStreamer.Outlet outlet) {
    this.fileId = fileId;
    this.codec = codec;
    this.outlet = outlet;
    packer = Packer.idle(codec);
  }

  /** A further data line, which starts a new chunk if the current one has no room for it. */
  void line(int number, long length) {
    if (lines == MAX_LINES || (lines > 0 && lineBytes + length > MAX_LINE_BYTES)) {
      cut();
    }
    if (lines == 0) {
      firstLine = number;
    }
    lines++;
    lineBytes += length;
  }

  /** The line's event, masked where a mask is given. */
  void event(RawLogWriter event, @Nullable EventMask mask) {
    if (mask == null) {
      packer.add(event.buffer(), 0, event.length());
    } else {
      mask.mask(event.buffer(), 0, event.length());
      packer.add(mask.buffer(), 0, mask.length());
    }
    minTimeUs = Math.min(minTimeUs, event.timeUs());
    maxTimeUs = Math.max(maxTimeUs, event.timeUs());
  }

  void rejectedLine() {
    rejected++;
  }

  /** Sends the last chunk. To be called once. */
  FileSummary finish(Optional<String> problem) {
    if (lines > 0) {
      cut();
    }
    packer.giveBack();
    return new FileSummary(
        allLines,
        chunks,
        allLines - allRejected,
        allRejected,
        instant(minTimeUs),
        instant(maxTimeUs),
        problem);
  }

  private void cut() {
    ChunkHeader header =
        ChunkHeader.newBuilder()
            .setFileId(fileId)
            .setFirstLine(firstLine)
            .setOrdinal(chunks)
            .setLines(lines)
            .setEvents(packer.messages())
            .setRejected(rejected)
            .setMessageType("RawLog")
            .setCodec(codec.text())
            .build();
    PackedRecord record = packer.pack(header);
    if (record.data().length > MAX_RECORD_BYTES) {
      header = header.toBuilder().setCodec(Codec.ZSTD.text()).build();
      record = compressed(record, header);
    }
    outlet.chunk(record, header);
    chunks++;
    allLines += lines;
    allRejected += rejected;
    lines = 0;
    lineBytes = 0;
    rejected = 0;
  }

  /** Lines full of invalid UTF-8 or unknown columns can outgrow a record in codec kpl. */
  private static PackedRecord compressed(PackedRecord record, ChunkHeader header) {
    Packer packer = new Packer(Codec.ZSTD);
    try {
      new Unpacker(header.getMessageType()).unpack(record.data()).forEach(packer::add);
    } catch (CorruptRecordException e) {
      throw new IllegalStateException("a record just packed can be unpacked", e);
    }
    return packer.pack(header);
  }

  private static Optional<Instant> instant(long us) {
    return us == Long.MAX_VALUE || us == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(us, ChronoUnit.MICROS));
  }
}
