// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.ChunkId;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Packer;
import aqueduct.logs.Unpacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.Rejection;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;

/**
 * A RawLog chunk -> the EnrichedLog chunk of the same id: the bytes of the raw fields, less those
 * that must not travel, and the fields that the chain adds. Unknown fields of a newer writer pass
 * through. A message that is damaged becomes a Rejection and the rest goes on. The same chunk gives
 * the same bytes, in any process. Not thread-safe; one per thread.
 */
public final class Enricher {
  private static final BitSet DROPPED = dropped();
  private final EnrichmentContext context;
  private final List<Enrichment> chain;
  private final Unpacker unpacker = new Unpacker("RawLog");
  private final Packer packer;
  private final RawEvent event = new RawEvent();
  private final FieldWriter out = new FieldWriter();

  public Enricher(EnrichmentContext context, Codec codec) {
    this.context = context;
    this.chain = Chain.of(context.settings());
    this.packer = new Packer(codec);
  }

  /** What became of a chunk. */
  public record Enriched(PackedRecord record, ChunkHeader header, List<Rejection> rejections) {}

  /** The numbers that enriched_log.proto reserves. */
  private static BitSet dropped() {
    BitSet numbers = new BitSet();
    EnrichedLog.getDescriptor()
        .toProto()
        .getReservedRangeList()
        .forEach(range -> numbers.set(range.getStart(), range.getEnd()));
    return numbers;
  }

  /**
   * Enriches one packed record. Throws CorruptRecordException if the record as a whole cannot be
   * read, and whatever an enrichment throws that nobody expected.
   */
  public Enriched enrich(byte[] packedRawRecord) throws CorruptRecordException {
    return enrich(packedRawRecord, false);
  }

  /**
   * As {@link #enrich}, but an event on which an enrichment fails becomes a Rejection and the
   * others of its chunk go on. A dataset that cannot be read is no event's fault and is thrown.
   */
  public Enriched enrichWhatCanBe(byte[] packedRawRecord) throws CorruptRecordException {
    return enrich(packedRawRecord, true);
  }

  private Enriched enrich(byte[] packedRawRecord, boolean isolating) throws CorruptRecordException {
    PackedChunk chunk = unpacker.unpack(packedRawRecord);
    ChunkId id = chunk.id();
    ChunkHeader header = chunk.header();
    EventRejections rejections = new EventRejections(id);
    chunk.forEach(
        (buffer, from, to) -> {
          if (!scanned(buffer, from, to)) {
            rejections.damaged(buffer, from, to);
            return;
          }
          try {
            enrich();
            packer.add(out.buffer(), 0, out.length());
          } catch (UncheckedIOException unreadableDataset) {
            throw unreadableDataset;
          } catch (RuntimeException unexpected) {
            if (!isolating) {
              throw unexpected;
            }
            rejections.failed(event, unexpected, buffer, from, to);
          }
        });
    int rejected = header.getRejected() + rejections.list().size();
    ChunkHeader enriched =
        header.toBuilder()
            .setFileId(id.fileId())
            .setFirstLine(id.firstLine())
            .setMessageType("EnrichedLog")
            .setRejected(rejected)
            .setEvents(packer.messages())
            .setLines(packer.messages() + rejected + header.getFiltered())
            .build();
    return new Enriched(packer.pack(enriched), enriched, rejections.list());
  }

  /** Whether it is a message at all. */
  private boolean scanned(byte[] buffer, int from, int to) {
    try {
      event.scan(buffer, from, to);
      return true;
    } catch (IllegalArgumentException damaged) {
      return false;
    }
  }

  private void enrich() {
    out.reset();
    for (int i = 0; i < event.log.fields(); i++) {
      if (!DROPPED.get(event.log.numberAt(i))) {
        out.fields(event.log.buffer(), event.log.startAt(i), event.log.endAt(i));
      }
    }
    DayDatasets day = context.day(event.day());
    for (Enrichment enrichment : chain) {
      enrichment.enrich(event, day, out);
    }
    out.fields(day.stamp());
  }
}
