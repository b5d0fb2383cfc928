// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.logs.MessageVisitor;
import aqueduct.logs.PackedChunk;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.Cube;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;

/**
 * The events of one chunk -> a cube, and the chunk's account. An event that is damaged, or from the
 * future, is rejected and stays in the account; any other counts, however old.
 */
final class ChunkCount implements MessageVisitor {
  private static final int LONGEST_DATA = 64 << 10;
  private final Cube cube;
  private final StreamedRecord record;
  private final ChunkHeader header;
  private final Rejection.Builder blank;
  private final RejectionOutlet outlet;
  private final Instant latest;
  private int events;
  private int rejected;

  private ChunkCount(
      Cube cube,
      StreamedRecord record,
      ChunkHeader header,
      Rejection.Builder blank,
      RejectionOutlet outlet) {
    this.cube = cube;
    this.record = record;
    this.header = header;
    this.blank = blank;
    this.outlet = outlet;
    this.latest = Instant.ofEpochMilli(record.arrivalMillis()).plus(Cube.FUTURE);
  }

  static AppliedChunk count(
      Cube cube,
      StreamedRecord record,
      PackedChunk chunk,
      Rejection.Builder blank,
      RejectionOutlet outlet) {
    ChunkCount count = new ChunkCount(cube, record, chunk.header(), blank, outlet);
    chunk.forEach(count);
    return count.account(chunk);
  }

  private AppliedChunk account(PackedChunk chunk) {
    return new AppliedChunk(
        chunk.id(),
        header.getOrdinal(),
        events + rejected + header.getRejected() + header.getFiltered(),
        events,
        header.getRejected() + rejected,
        header.getFiltered());
  }

  @Override
  public void message(byte[] buffer, int from, int to) {
    try {
      if (cube.add(buffer, from, to, latest)) {
        events++;
      } else {
        reject(
            "event_in_the_future",
            "the event's time is more than "
                + Cube.FUTURE.toHours()
                + " h after its record arrived at "
                + Instant.ofEpochMilli(record.arrivalMillis())
                + ": check the clock of its source",
            buffer,
            from,
            to);
      }
    } catch (IllegalArgumentException e) {
      reject(
          "damaged_event", "the event is no protobuf message: replay its file", buffer, from, to);
    }
  }

  private void reject(String reason, String message, byte[] buffer, int from, int to) {
    rejected++;
    outlet.add(
        blank
            .clone()
            .setReason(reason)
            .setMessage(message)
            .setFileId(header.getFileId())
            .setLine(line(buffer, from, to))
            .setLines(1)
            .setData(ByteString.copyFrom(buffer, from, Math.min(to - from, LONGEST_DATA)))
            .setDataLength(to - from)
            .build());
  }

  /** The event's line in its file; 0 if the event is too damaged to say. */
  private static int line(byte[] buffer, int from, int to) {
    try {
      return EnrichedLog.parser().parsePartialFrom(buffer, from, to - from).getLine();
    } catch (InvalidProtocolBufferException e) {
      return e.getUnfinishedMessage() instanceof EnrichedLog part ? part.getLine() : 0;
    }
  }
}
