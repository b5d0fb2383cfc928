// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.FileStreamer;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink.Transfer;
import aqueduct.logs.RejectionPacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import java.util.ArrayList;
import java.util.List;

/** A file's chunks and rejections -> their two pipes, rejections packed in hundreds. */
class ChunksAndRejections implements FileStreamer.Outlet {
  private static final int REJECTIONS_AT_ONCE = 500;
  private final Transfer chunks;
  private final Transfer rejected;
  private final List<Rejection> waiting = new ArrayList<>();

  ChunksAndRejections(Transfer chunks, Transfer rejected) {
    this.chunks = chunks;
    this.rejected = rejected;
  }

  @Override
  public void chunk(PackedRecord record, ChunkHeader header) {
    chunks.send(record);
  }

  @Override
  public void rejected(Rejection rejection) {
    waiting.add(rejection);
    if (waiting.size() == REJECTIONS_AT_ONCE) {
      flush();
    }
  }

  /** Sends the rejections that wait for company. */
  void flush() {
    RejectionPacker.pack(waiting).forEach(rejected::send);
    waiting.clear();
  }
}
