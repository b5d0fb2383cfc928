// SPDX-License-Identifier: Apache-2.0
package aqueduct.count;

import aqueduct.logs.ChunkId;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.RejectionPacker;
import aqueduct.logs.Unpacker;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.ChunkCount;
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
  private static final String MESSAGE_TYPE = "EnrichedLog";
  private final Unpacker unpacker = new Unpacker(MESSAGE_TYPE);
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
      String type = chunk.header().getMessageType();
      if (!type.equals(MESSAGE_TYPE)) {
        reject(
            record,
            "wrong_message_type",
            "the record holds " + type + ": see who writes to this stream");
      } else if (applied.contains(chunk.id()) || !counted.add(chunk.id())) {
        duplicateLines.merge(chunk.id().fileId(), (long) chunk.header().getLines(), Long::sum);
      } else {
        chunks.add(ChunkCount.count(cube, chunk, latest, blank(), rejections::add));
      }
    } catch (CorruptRecordException e) {
      reject(record, e.reason(), "the record is damaged: replay its file");
    }
  }

  private void reject(byte[] record, String reason, String message) {
    rejections.add(
        blank()
            .setReason(reason)
            .setMessage(message)
            .setData(
                ByteString.copyFrom(
                    record, 0, Math.min(record.length, RejectionPacker.MAX_DATA_BYTES)))
            .setDataLength(record.length)
            .build());
  }

  private static Rejection.Builder blank() {
    return Rejection.newBuilder().setStage("count").setPipe("enriched-logs");
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
