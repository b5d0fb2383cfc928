// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Fixtures: chunks of invented RawLogs. */
final class Chunks {
  static final long FILE_ID = 0x0123456789abcdefL;

  private Chunks() {}

  static RawLog event(int line) {
    return RawLog.newBuilder()
        .setFileId(FILE_ID)
        .setLine(line)
        .setTimeUs(1_575_493_351_000_000L + line)
        .setUrlPath("/path/" + line)
        .build();
  }

  static List<byte[]> messages(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(line -> event(line).toByteArray()).toList();
  }

  static ChunkHeader header(int firstLine, int lines) {
    return ChunkHeader.newBuilder()
        .setFileId(FILE_ID)
        .setFirstLine(firstLine)
        .setLines(lines)
        .setMessageType("RawLog")
        .build();
  }

  static PackedRecord pack(Codec codec, List<byte[]> messages) {
    Packer packer = new Packer(codec);
    messages.forEach(message -> packer.add(message, 0, message.length));
    return packer.pack(header(1, messages.size()));
  }

  static List<byte[]> messages(PackedChunk chunk) {
    List<byte[]> messages = new ArrayList<>();
    chunk.forEach(
        (buffer, from, to) -> messages.add(java.util.Arrays.copyOfRange(buffer, from, to)));
    return messages;
  }

  static List<RawLog> rawLogs(PackedRecord record) {
    try {
      return messages(new Unpacker("RawLog").unpack(record.data())).stream()
          .map(Chunks::rawLog)
          .toList();
    } catch (CorruptRecordException e) {
      throw new AssertionError(e);
    }
  }

  static RawLog rawLog(byte[] message) {
    try {
      return RawLog.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
