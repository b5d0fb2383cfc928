// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.raw.RawStore;
import aqueduct.correction.raw.RawStore.Kept;
import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.Enricher;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.logs.ChunkId;
import aqueduct.logs.Codec;
import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Claim;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.FileSummary;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import aqueduct.logs.Unpacker;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.Cube;
import aqueduct.metrics.DeltaSum;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.metrics.ReportSpec;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Streamify, enrich and aggregate without the streams between them: what each file becomes there,
 * in any order, with any chunk repeated.
 */
final class LivePath {
  private final MetricStore store;
  private final FileLedger ledger;
  private final ReadLimits limits;
  private final Enricher enricher =
      new Enricher(
          new EnrichmentContext(new BundledDatasets(), EnrichmentSettings.defaults()), Codec.ZSTD);
  private Instant window = Instant.parse("2026-01-01T00:00:00Z");

  LivePath(MetricStore store, FileLedger ledger, ReadLimits limits) {
    this.limits = limits;
    this.store = store;
    this.ledger = ledger;
  }

  /** What is taken from here on arrives in windows from then on. */
  LivePath after(Instant time) {
    window = time;
    return this;
  }

  /** Takes files as one window, their chunks shuffled and some of them twice. */
  void take(RawStore raw, List<Kept> files, long seed) throws Exception {
    List<byte[]> records = new ArrayList<>();
    for (Kept kept : files) {
      records.addAll(stream(raw, kept));
    }
    Random random = new Random(seed);
    for (byte[] record : List.copyOf(records)) {
      if (random.nextInt(3) == 0) {
        records.add(record);
      }
    }
    Collections.shuffle(records, random);
    apply(records);
  }

  private List<byte[]> stream(RawStore raw, Kept kept) throws Exception {
    List<byte[]> records = new ArrayList<>();
    FileSummary summary;
    try (InputStream in = raw.open(kept.file())) {
      summary =
          new FileStreamer(
                  kept.file(),
                  Codec.ZSTD,
                  limits,
                  new FileStreamer.Outlet() {
                    @Override
                    public void chunk(PackedRecord record, ChunkHeader header) {
                      records.add(record.data());
                    }

                    @Override
                    public void rejected(Rejection rejection) {}
                  })
              .stream(in);
    }
    Claim claim = ledger.claim(kept.file(), "test", Instant.now(), Duration.ofMinutes(1));
    ledger.finish((Claim.Claimed) claim, summary, Instant.now());
    return records;
  }

  private void apply(List<byte[]> records) throws Exception {
    Cube cube = new Cube(ReportSpec.defaults());
    Set<ChunkId> counted = new HashSet<>();
    List<AppliedChunk> chunks = new ArrayList<>();
    Map<Long, Long> duplicates = new HashMap<>();
    Unpacker unpacker = new Unpacker("EnrichedLog");
    for (byte[] record : records) {
      PackedChunk chunk = unpacker.unpack(enricher.enrich(record).record().data());
      ChunkHeader header = chunk.header();
      if (!counted.add(chunk.id()) || !store.appliedAmong(Set.of(chunk.id())).isEmpty()) {
        duplicates.merge(chunk.id().fileId(), (long) header.getLines(), Long::sum);
        continue;
      }
      chunk.forEach(cube::add);
      chunks.add(
          new AppliedChunk(
              chunk.id(),
              header.getOrdinal(),
              header.getLines(),
              header.getEvents(),
              header.getRejected(),
              header.getFiltered()));
    }
    DeltaSum sum = new DeltaSum(ReportSpec.defaults());
    cube.deltas().forEachRemaining(sum::add);
    String part = store.stage(window, "test", sum.deltas().iterator());
    Instant end = window.plusSeconds(300);
    store.apply(new WindowCommit(window, end, "test", 0, List.of(part), chunks, duplicates));
    window = end;
  }
}
