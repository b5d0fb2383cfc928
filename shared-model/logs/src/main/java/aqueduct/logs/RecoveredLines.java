// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.function.IntPredicate;

/**
 * A file's chunks -> one chunk for each of its lines that was rejected before and can be read now.
 *
 * <p>The event keeps its identity, file and line. Its chunk has one of its own, {@link #fileId} and
 * the line, because the chunk that the line was cut into has been applied without it: recovered
 * lines are counted once however often and in whatever groups they are recovered. To be given to a
 * {@link FileStreamer} as its outlet.
 */
public final class RecoveredLines implements FileStreamer.Outlet {
  private final IntPredicate wanted;
  private final FileStreamer.Outlet outlet;
  private final Unpacker unpacker = new Unpacker("RawLog");
  private final Packer packer;
  private int recovered;

  /**
   * @param wanted lines that were rejected; lines that were events before would be counted again
   * @param outlet gets the recovered lines' chunks, and the rejections of wanted lines that still
   *     cannot be read
   */
  public RecoveredLines(IntPredicate wanted, Codec codec, FileStreamer.Outlet outlet) {
    this.wanted = wanted;
    this.outlet = outlet;
    this.packer = new Packer(codec);
  }

  /** The id under which a file's recovered lines are counted: its own with every bit turned. */
  public static long fileId(long fileId) {
    return ~fileId;
  }

  /** How many lines became events. */
  public int recovered() {
    return recovered;
  }

  @Override
  public void chunk(PackedRecord record, ChunkHeader header) {
    try {
      unpacker
          .unpack(record.data())
          .forEach(
              (buffer, from, to) -> {
                int line = line(buffer, from, to);
                if (wanted.test(line)) {
                  packer.add(buffer, from, to);
                  send(header, line);
                }
              });
    } catch (CorruptRecordException e) {
      throw new IllegalStateException("a chunk that was packed just now", e);
    }
  }

  private static int line(byte[] buffer, int from, int to) {
    try {
      return RawLog.parser().parseFrom(buffer, from, to - from).getLine();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message that was written just now", e);
    }
  }

  private void send(ChunkHeader header, int line) {
    ChunkHeader own =
        header.toBuilder()
            .setFileId(fileId(header.getFileId()))
            .setFirstLine(line)
            .setOrdinal(recovered++)
            .setLines(1)
            .setEvents(1)
            .setRejected(0)
            .setFiltered(0)
            .build();
    outlet.chunk(packer.pack(own), own);
  }

  @Override
  public void rejected(Rejection rejection) {
    if (wanted.test(rejection.getLine())) {
      outlet.rejected(rejection);
    }
  }
}
