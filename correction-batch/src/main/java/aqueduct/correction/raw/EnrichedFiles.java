// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.enrichment.Enricher;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.logs.MessageVisitor;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import aqueduct.logs.Unpacker;
import aqueduct.stores.enrichment.EnrichmentProperties;
import aqueduct.stores.enrichment.Enrichments;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Raw files -> their enriched events, through the live path's own reader and enricher, so that the
 * same file gives the same bytes here and there. What the live path rejects does not come out; its
 * rejections were sent when it did. Not thread-safe; one per task.
 */
public final class EnrichedFiles {
  /** Opened datasets are large, so a JVM has them once. */
  private static final Map<EnrichmentProperties, EnrichmentContext> CONTEXTS =
      new ConcurrentHashMap<>();

  private final ReadLimits limits;
  private final Enricher enricher;
  private final Unpacker unpacker = new Unpacker("EnrichedLog");

  /**
   * Reads and enriches as the live path does.
   *
   * @param limits streamify's
   */
  public EnrichedFiles(EnrichmentProperties settings, ReadLimits limits) {
    this.limits = limits;
    this.enricher = new Enricher(context(settings), Codec.KPL);
  }

  static EnrichmentContext context(EnrichmentProperties settings) {
    return CONTEXTS.computeIfAbsent(settings, any -> Enrichments.context(any, S3Client::create));
  }

  /** Reads the file, whose bytes these are, and hands on its events in their order. */
  public FileSummary read(LogFile file, InputStream in, MessageVisitor events) throws IOException {
    return new FileStreamer(file, Codec.KPL, limits, new Outlet(events)).stream(in);
  }

  private final class Outlet implements FileStreamer.Outlet {
    private final MessageVisitor events;

    Outlet(MessageVisitor events) {
      this.events = events;
    }

    @Override
    public void chunk(PackedRecord record, ChunkHeader header) {
      try {
        unpacker.unpack(enricher.enrich(record.data()).record().data()).forEach(events);
      } catch (CorruptRecordException e) {
        throw new IllegalStateException("a record just packed can be unpacked", e);
      }
    }

    @Override
    public void rejected(Rejection rejection) {
      // counted in the chunk's header, and sent by the live path
    }
  }
}
