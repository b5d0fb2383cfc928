// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.ChunkId;
import aqueduct.logs.RejectionPacker;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of one chunk that could not be enriched -> Rejections that hold their bytes. No message
 * quotes what a viewer sent.
 */
final class EventRejections {
  private final ChunkId chunk;
  private final List<Rejection> rejections = new ArrayList<>();

  EventRejections(ChunkId chunk) {
    this.chunk = chunk;
  }

  List<Rejection> list() {
    return rejections;
  }

  void damaged(byte[] buffer, int from, int to) {
    rejections.add(
        of("damaged_message", buffer, from, to)
            .setMessage("the event is no protobuf message; its file can be replayed")
            .build());
  }

  void failed(RawEvent event, RuntimeException why, byte[] buffer, int from, int to) {
    rejections.add(
        of("enricher_failed", buffer, from, to)
            .setMessage(
                "the enricher failed on it ("
                    + why.getClass().getSimpleName()
                    + "); report this, then replay its file")
            .setLine((int) event.log.number(RawLog.LINE_FIELD_NUMBER))
            .build());
  }

  private Rejection.Builder of(String reason, byte[] buffer, int from, int to) {
    return Rejection.newBuilder()
        .setStage("enrich")
        .setReason(reason)
        .setFileId(chunk.fileId())
        .setLines(1)
        .setData(
            ByteString.copyFrom(buffer, from, Math.min(to - from, RejectionPacker.MAX_DATA_BYTES)))
        .setDataLength(to - from);
  }
}
