// SPDX-License-Identifier: Apache-2.0
package aqueduct.count;

import aqueduct.logs.ChunkId;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.RejectionPacker;
import aqueduct.logs.Unpacker;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.Cube;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.ReportSpec;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The records of one call -> deltas, and the account of every line in them. */
final class ChunkBatch {
  private final Unpacker unpacker = new Unpacker("EnrichedLog");
  private final Cube cube;
  private final Instant latest;
  private final List<AppliedChunk> chunks = new ArrayList<>();
  private final Set<ChunkId> counted = new HashSet<>();
  private final Map<Long, Long> duplicateLines = new HashMap<>();
  private final List<Rejection> rejections = new ArrayList<>();

  /**
   * Counts for these reports.
   *
   * @param latest events after it are from the future, which is an error
   */
  ChunkBatch(List<ReportSpec> reports, Instant latest) {
    cube = new Cube(reports);
    this.latest = latest;
  }

  /** Of the records that can be read. */
  Set<ChunkId> ids(List<byte[]> records) {
    Set<ChunkId> ids = new HashSet<>();
    for (byte[] record : records) id(record).ifPresent(ids::add);
    return ids;
  }

  private Optional<ChunkId> id(byte[] record) {
    try {
      return Optional.of(unpacker.unpack(record).id());
    } catch (CorruptRecordException e) {
      return Optional.empty(); // rejected when it is counted
    }
  }

  void count(byte[] record, Set<ChunkId> applied) {
    try {
      PackedChunk chunk = unpacker.unpack(record);
      if (applied.contains(chunk.id()) || !counted.add(chunk.id())) {
        duplicateLines.merge(chunk.id().fileId(), (long) chunk.header().getLines(), Long::sum);
      } else {
        count(chunk);
      }
    } catch (CorruptRecordException e) {
      reject(e.reason(), "the record is damaged: replay its file", 0, record, 0, record.length);
    }
  }

  private void count(PackedChunk chunk) {
    int before = rejections.size();
    long fileId = chunk.id().fileId();
    int[] events = new int[1];
    chunk.forEach((buffer, from, to) -> events[0] += isCounted(fileId, buffer, from, to) ? 1 : 0);
    int rejected = rejections.size() - before + chunk.header().getRejected();
    int filtered = chunk.header().getFiltered();
    chunks.add(
        new AppliedChunk(
            chunk.id(),
            chunk.header().getOrdinal(),
            events[0] + rejected + filtered,
            events[0],
            rejected,
            filtered));
  }

  private boolean isCounted(long fileId, byte[] buffer, int from, int to) {
    try {
      if (cube.add(buffer, from, to, latest)) return true;
      reject(
          "event_in_the_future",
          "the event's time lies ahead of the clock: check that of its source",
          fileId,
          buffer,
          from,
          to);
    } catch (IllegalArgumentException e) {
      reject(
          "damaged_event",
          "the event is no protobuf message: replay its file",
          fileId,
          buffer,
          from,
          to);
    }
    return false;
  }

  private void reject(String reason, String message, long fileId, byte[] buffer, int from, int to) {
    int length = to - from;
    rejections.add(
        Rejection.newBuilder()
            .setStage("count")
            .setPipe("enriched-logs")
            .setReason(reason)
            .setMessage(message)
            .setFileId(fileId)
            .setLines(1)
            .setData(
                ByteString.copyFrom(buffer, from, Math.min(length, RejectionPacker.MAX_DATA_BYTES)))
            .setDataLength(length)
            .build());
  }

  boolean isEmpty() {
    return chunks.isEmpty() && duplicateLines.isEmpty();
  }

  long events() {
    return cube.events();
  }

  Iterator<MetricDelta> deltas() {
    return cube.deltas();
  }

  List<AppliedChunk> chunks() {
    return chunks;
  }

  Map<Long, Long> duplicateLines() {
    return duplicateLines;
  }

  List<Rejection> rejections() {
    return rejections;
  }
}
