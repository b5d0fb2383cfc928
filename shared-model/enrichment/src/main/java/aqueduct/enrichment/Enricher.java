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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
  private final RawEvent event;
  private final Cleaning cleaning;
  private final @Nullable RawLogMask mask;
  private final Map<String, Integer> filtered = new TreeMap<>();
  private final FieldWriter out = new FieldWriter();
  private @Nullable DayDatasets day;
  private long dayNumber;

  public Enricher(EnrichmentContext context, Codec codec) {
    this(context, codec, UnaryOperator.identity());
  }

  /** One whose enrichments are each seen by {@code watched}. */
  Enricher(EnrichmentContext context, Codec codec, UnaryOperator<Enrichment> watched) {
    this.context = context;
    this.chain = Chain.of(context.settings()).stream().map(watched).toList();
    this.packer = new Packer(codec);
    EnrichmentSettings settings = context.settings();
    this.event = new RawEvent(new ClientAddress(settings.privacy().trustedProxies()));
    this.cleaning = new Cleaning(settings.rules(), settings.privacy());
    this.mask = settings.privacy().masksRawLogs() ? new RawLogMask(settings) : null;
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
    EventRejections rejections = new EventRejections(id);
    packer.clear(); // of a chunk that failed half-way
    filtered.clear();
    day = null; // what answers for a day may have changed since the last chunk
    chunk.forEach(
        (buffer, from, to) -> {
          if (!scanned(buffer, from, to)) {
            rejections.damaged(buffer, from, to);
            return;
          }
          try {
            if (enrich()) {
              packer.add(out.buffer(), 0, out.length());
            }
          } catch (UncheckedIOException unreadableDataset) {
            throw unreadableDataset;
          } catch (RuntimeException unexpected) {
            if (!isolating) {
              throw unexpected;
            }
            rejections.failed(event, unexpected, buffer, from, to);
          }
        });
    ChunkHeader enriched = enriched(chunk, rejections.list().size());
    return new Enriched(packer.pack(enriched), enriched, rejections.list());
  }

  private ChunkHeader enriched(PackedChunk chunk, int rejectedHere) {
    ChunkHeader header = chunk.header();
    int rejected = header.getRejected() + rejectedHere;
    int left = header.getFiltered();
    ChunkHeader.Builder enriched = header.toBuilder();
    for (Map.Entry<String, Integer> rule : filtered.entrySet()) {
      left += rule.getValue();
      enriched.putFilteredBy(
          rule.getKey(), header.getFilteredByOrDefault(rule.getKey(), 0) + rule.getValue());
    }
    return enriched
        .setFileId(chunk.id().fileId())
        .setFirstLine(chunk.id().firstLine())
        .setMessageType("EnrichedLog")
        .setRejected(rejected)
        .setFiltered(left)
        .setEvents(packer.messages())
        .setLines(packer.messages() + rejected + left)
        .build();
  }

  /** Whether it is a message at all. */
  private boolean scanned(byte[] buffer, int from, int to) {
    try {
      if (mask == null) {
        event.scan(buffer, from, to);
      } else {
        // Done before where the event comes from a stream; not where from the raw file.
        mask.mask(buffer, from, to);
        event.scan(mask.buffer(), 0, mask.length());
      }
      return true;
    } catch (IllegalArgumentException damaged) {
      return false;
    }
  }

  /** Whether the event stays. */
  private boolean enrich() {
    String rule = cleaning.clean(event);
    if (rule != null) {
      filtered.merge(rule, 1, Integer::sum);
      return false;
    }
    out.reset();
    for (int i = 0; i < event.log.fields(); i++) {
      if (!DROPPED.get(event.log.numberAt(i))) {
        out.fields(event.log.buffer(), event.log.startAt(i), event.log.endAt(i));
      }
    }
    DayDatasets of = day(event.day());
    for (Enrichment enrichment : chain) {
      enrichment.enrich(event, of, out);
    }
    out.fields(of.stamp());
    return true;
  }

  private DayDatasets day(long number) {
    DayDatasets known = day;
    if (known == null || number != dayNumber) {
      known = context.day(number);
      day = known;
      dayNumber = number;
    }
    return known;
  }
}
