// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import java.nio.ByteBuffer;

/**
 * A chunk that came without a ChunkHeader -> a header with what can be known. The identity is that
 * of its first message when this has RawLog's fields 1 and 2 (EnrichedLog has the same), else the
 * start of the record's MD5 with line 0, so that different records stay different chunks.
 */
final class ForeignHeader {
  private final WireCursor cursor = new WireCursor();
  private final String messageType;
  private long fileId;
  private long line;

  ForeignHeader(String messageType) {
    this.messageType = messageType;
  }

  ChunkHeader of(UnpackedChunk chunk, byte[] digest) {
    if (!findIdentity(chunk)) {
      fileId = ByteBuffer.wrap(digest).getLong();
      line = 0;
    }
    return ChunkHeader.newBuilder()
        .setFileId(fileId)
        .setFirstLine((int) line)
        .setLines(chunk.count())
        .setEvents(chunk.count())
        .setMessageType(messageType)
        .setCodec(Codec.KPL.text())
        .build();
  }

  private boolean findIdentity(UnpackedChunk chunk) {
    fileId = 0;
    line = 0;
    if (chunk.count() == 0) {
      return false;
    }
    cursor.over(chunk.buffer(), chunk.from(0), chunk.to(0));
    try {
      while (cursor.next()) {
        if (cursor.is(RawLog.FILE_ID_FIELD_NUMBER, Wire.FIXED64)) {
          fileId = cursor.fixed64();
        } else if (cursor.is(RawLog.LINE_FIELD_NUMBER, Wire.VARINT)) {
          line = cursor.number();
        }
      }
    } catch (CorruptRecordException e) {
      return false;
    }
    return fileId != 0 && line > 0 && line <= Integer.MAX_VALUE;
  }
}
