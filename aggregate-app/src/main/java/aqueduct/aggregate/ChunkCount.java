// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.logs.ChunkId;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.Unpacker;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.Cube;
import aqueduct.metrics.DeltaCodec;
import aqueduct.metrics.ReportSpec;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Packed records -> deltas and an account of them. A chunk that stands twice, or that the metric
 * store has already, is counted once; what cannot be read is rejected; nothing is left out of the
 * account. All records of one chunk must come to the same count.
 */
final class ChunkCount {
  /** Clocks differ; an event further ahead of its record's arrival is damage. */
  static final Duration FUTURE = Duration.ofHours(1);

  private static final int LONGEST_DATA = 64 << 10;
  private final Cube cube;
  private final String pipe;
  private final Function<Collection<ChunkId>, Set<ChunkId>> appliedAmong;
  private final Unpacker unpacker = new Unpacker("EnrichedLog");
  private final List<AppliedChunk> chunks = new ArrayList<>();
  private final Map<Long, Long> duplicateLines = new HashMap<>();
  private final List<byte[]> rejections = new ArrayList<>();

  ChunkCount(
      List<ReportSpec> reports,
      String pipe,
      Function<Collection<ChunkId>, Set<ChunkId>> appliedAmong) {
    this.cube = new Cube(reports);
    this.pipe = pipe;
    this.appliedAmong = appliedAmong;
  }

  /** Counts the records; asks once which of their chunks are applied. */
  void add(List<StreamedRecord> records) {
    Set<ChunkId> ids = new HashSet<>();
    records.forEach(record -> read(record, chunk -> ids.add(chunk.id()), false));
    Set<ChunkId> counted = new HashSet<>(appliedAmong.apply(ids));
    for (StreamedRecord record : records) {
      read(
          record,
          chunk -> {
            if (counted.add(chunk.id())) {
              count(record, chunk);
            } else {
              duplicateLines.merge(
                  chunk.id().fileId(), (long) chunk.header().getLines(), Long::sum);
            }
          },
          true);
    }
  }

  private void read(
      StreamedRecord record, java.util.function.Consumer<PackedChunk> use, boolean reject) {
    try {
      use.accept(unpacker.unpack(record.data()));
    } catch (CorruptRecordException e) {
      if (reject) {
        rejections.add(
            rejection(
                    record,
                    "corrupt_record",
                    "the record is damaged (" + e.getMessage() + "); its file can be replayed")
                .setData(
                    ByteString.copyFrom(
                        record.data(), 0, Math.min(record.data().length, LONGEST_DATA)))
                .setDataLength(record.data().length)
                .build()
                .toByteArray());
      }
    }
  }

  private void count(StreamedRecord record, PackedChunk chunk) {
    ChunkHeader header = chunk.header();
    Instant latest = Instant.ofEpochMilli(record.arrivalMillis()).plus(FUTURE);
    int[] counts = new int[2]; // counted, rejected
    chunk.forEach(
        (buffer, from, to) -> {
          String reason = countOne(buffer, from, to, latest);
          counts[reason.isEmpty() ? 0 : 1]++;
          if (!reason.isEmpty()) {
            rejections.add(message(record, header, reason, buffer, from, to));
          }
        });
    chunks.add(
        new AppliedChunk(
            chunk.id(),
            header.getOrdinal(),
            counts[0] + counts[1] + header.getRejected() + header.getFiltered(),
            counts[0],
            header.getRejected() + counts[1],
            header.getFiltered()));
  }

  /** The reason why the event does not count; empty if it does. */
  private String countOne(byte[] buffer, int from, int to, Instant latest) {
    try {
      return cube.add(buffer, from, to, latest) ? "" : "event_in_the_future";
    } catch (IllegalArgumentException damaged) {
      return "damaged_event";
    }
  }

  private byte[] message(
      StreamedRecord record, ChunkHeader header, String reason, byte[] buffer, int from, int to) {
    String text =
        reason.equals("event_in_the_future")
            ? "the event is more than "
                + FUTURE.toHours()
                + " h ahead of its record's arrival: check the clock of its source"
            : "the event is no protobuf message; its file can be replayed";
    return rejection(record, reason, text)
        .setFileId(header.getFileId())
        .setLines(1)
        .setData(ByteString.copyFrom(buffer, from, Math.min(to - from, LONGEST_DATA)))
        .setDataLength(to - from)
        .build()
        .toByteArray();
  }

  private Rejection.Builder rejection(StreamedRecord record, String reason, String message) {
    return Rejection.newBuilder()
        .setStage("aggregate")
        .setReason(reason)
        .setMessage(message)
        .setPipe(pipe)
        .setSequenceNumber(record.sequenceNumber());
  }

  /** Everything counted so far. */
  List<Counted> counted() {
    List<Counted> counted = new ArrayList<>();
    cube.deltas()
        .forEachRemaining(delta -> counted.add(new Counted.Delta(DeltaCodec.encode(delta))));
    counted.add(new Counted.Account(chunks, duplicateLines, rejections));
    return counted;
  }
}
