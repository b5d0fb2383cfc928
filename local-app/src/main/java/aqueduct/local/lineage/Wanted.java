// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.lineage;

import aqueduct.logs.ChunkId;
import aqueduct.logs.FieldScan;
import aqueduct.logs.RecoveredLines;
import aqueduct.logs.RequestId;
import aqueduct.wire.RawLog;

/** Which event is looked for: RawLog and EnrichedLog number the fields that tell it alike. */
sealed interface Wanted {

  /** Whether it may be in the chunk. */
  boolean mayBeIn(ChunkId chunk);

  /** Whether the message is it. May be asked by several threads at once. */
  boolean is(byte[] buffer, int from, int to);

  /** The event of a line of a file. */
  record Line(long fileId, int line) implements Wanted {
    private static final ThreadLocal<FieldScan> SCAN = ThreadLocal.withInitial(FieldScan::new);

    @Override
    public boolean mayBeIn(ChunkId chunk) {
      return chunk.firstLine() <= line
          && (chunk.fileId() == fileId || chunk.fileId() == RecoveredLines.fileId(fileId));
    }

    @Override
    public boolean is(byte[] buffer, int from, int to) {
      FieldScan scan = SCAN.get();
      scan.scan(buffer, from, to);
      return scan.number(RawLog.LINE_FIELD_NUMBER) == line;
    }
  }

  /** The event of a request. */
  record Request(long eventId) implements Wanted {
    private static final int TAG = RawLog.EVENT_ID_FIELD_NUMBER << 3 | 1;

    Request(String requestId) {
      this(RequestId.hash(requestId));
    }

    @Override
    public boolean mayBeIn(ChunkId chunk) {
      return true;
    }

    /** Looks for tag and value, without taking the message apart: millions must be looked at. */
    @Override
    public boolean is(byte[] buffer, int from, int to) {
      for (int at = from; at + 10 <= to; at++) {
        if (buffer[at] == (byte) (TAG & 0x7f | 0x80)
            && buffer[at + 1] == (byte) (TAG >>> 7)
            && little(buffer, at + 2) == eventId) {
          return true;
        }
      }
      return false;
    }

    private static long little(byte[] buffer, int at) {
      long value = 0;
      for (int i = 7; i >= 0; i--) {
        value = value << 8 | (buffer[at + i] & 0xff);
      }
      return value;
    }
  }
}
