// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import aqueduct.logs.MessageVisitor;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.RejectionPacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The events of one chunk -> a cube, and the chunk's account. An event that is damaged, or from the
 * future, is rejected and stays in the account; any other counts, however old.
 */
public final class ChunkCount implements MessageVisitor {
  private final Cube cube;
  private final ChunkHeader header;
  private final Instant latest;
  private final Rejection.Builder blank;
  private final Consumer<Rejection> outlet;
  private int events;
  private int rejected;

  private ChunkCount(
      Cube cube,
      ChunkHeader header,
      Instant latest,
      Rejection.Builder blank,
      Consumer<Rejection> outlet) {
    this.cube = cube;
    this.header = header;
    this.latest = latest;
    this.blank = blank;
    this.outlet = outlet;
  }

  /**
   * Counts a chunk.
   *
   * @param latest events after it are from the future, which is an error
   * @param blank what all rejections of the chunk say
   */
  public static AppliedChunk count(
      Cube cube,
      PackedChunk chunk,
      Instant latest,
      Rejection.Builder blank,
      Consumer<Rejection> outlet) {
    ChunkCount count = new ChunkCount(cube, chunk.header(), latest, blank, outlet);
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
            "the event's time is later than "
                + latest
                + ", when it cannot have been known yet: check the clock of its source",
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
    int length = to - from;
    outlet.accept(
        blank
            .clone()
            .setReason(reason)
            .setMessage(message)
            .setFileId(header.getFileId())
            .setLine(line(buffer, from, to))
            .setLines(1)
            .setData(
                ByteString.copyFrom(buffer, from, Math.min(length, RejectionPacker.MAX_DATA_BYTES)))
            .setDataLength(length)
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
