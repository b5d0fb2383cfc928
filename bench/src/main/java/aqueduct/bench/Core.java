// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.enrichment.Enricher;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.local.traffic.TrafficFile;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The core loops of streamify and enrich, with nothing around them. */
public final class Core {
  private Core() {}

  /** A file -> its packed raw chunks. */
  static void streamify(TrafficFile file, Codec codec, Consumer<byte[]> chunks) {
    LogFile kept = logFile(file);
    ReadLimits limits = ReadLimits.defaults();
    try {
      new FileStreamer(kept, codec, limits, new Chunks(chunks))
          .stream(new ByteArrayInputStream(file.gzip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LogFile logFile(TrafficFile file) {
    return new LogFile("bench", file.name(), "etag", file.gzip().length);
  }

  public static List<byte[]> streamify(List<TrafficFile> files, Codec codec) {
    List<byte[]> chunks = new ArrayList<>();
    files.forEach(file -> streamify(file, codec, chunks::add));
    return chunks;
  }

  private record Chunks(Consumer<byte[]> to) implements FileStreamer.Outlet {
    @Override
    public void chunk(PackedRecord record, ChunkHeader header) {
      to.accept(record.data());
    }

    @Override
    public void rejected(Rejection rejection) {
      throw new IllegalStateException("made traffic was rejected: " + rejection.getReason());
    }
  }

  /** One for each thread. */
  public static Enricher enricher(EnrichmentContext context) {
    return new Enricher(context, Codec.ZSTD);
  }

  /** Packed raw chunks -> packed enriched chunks. */
  public static List<byte[]> enrich(List<byte[]> chunks, Enricher enricher) {
    List<byte[]> enriched = new ArrayList<>(chunks.size());
    try {
      for (byte[] chunk : chunks) enriched.add(enricher.enrich(chunk).record().data());
    } catch (CorruptRecordException e) {
      throw new IllegalStateException(e);
    }
    return enriched;
  }

  static long bytes(List<byte[]> records) {
    return records.stream().mapToLong(record -> record.length).sum();
  }
}
