// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/**
 * Rejections -> packed records for the pipe {@code rejected-logs}: those of one file that follow
 * each other share a record while it stays below every stream's limit. The same rejections give the
 * same records. The key is file and line of the record's first rejection (line 0: of the whole
 * file).
 */
public final class RejectionPacker {
  /** What {@code Rejection.data} may hold; more is cut, and {@code data_length} tells the whole. */
  public static final int MAX_DATA_BYTES = 64 * 1024;

  private static final int MAX_RECORD_BYTES = 768 * 1024;

  private final Packer packer = new Packer(Codec.ZSTD);
  private final List<PackedRecord> records = new ArrayList<>();
  private Rejection first = Rejection.getDefaultInstance();

  private RejectionPacker() {}

  /** Records in the order of the rejections; none without rejections. */
  public static List<PackedRecord> pack(List<Rejection> rejections) {
    RejectionPacker packer = new RejectionPacker();
    rejections.forEach(packer::add);
    packer.close();
    return packer.records;
  }

  private void add(Rejection rejection) {
    byte[] message = capped(rejection).toByteArray();
    if (rejection.getFileId() != first.getFileId()
        || packer.bytes() + message.length > MAX_RECORD_BYTES) {
      close();
    }
    if (packer.messages() == 0) {
      first = rejection;
    }
    packer.add(message, 0, message.length);
  }

  private static Rejection capped(Rejection rejection) {
    ByteString data = rejection.getData();
    if (data.size() <= MAX_DATA_BYTES) {
      return rejection;
    }
    return rejection.toBuilder()
        .setData(data.substring(0, MAX_DATA_BYTES))
        .setDataLength(Math.max(data.size(), rejection.getDataLength()))
        .build();
  }

  private void close() {
    if (packer.messages() == 0) {
      return;
    }
    records.add(
        packer.pack(
            ChunkHeader.newBuilder()
                .setFileId(first.getFileId())
                .setFirstLine(first.getLine())
                .setOrdinal(records.size())
                .setLines(packer.messages())
                .setMessageType("Rejection")
                .build()));
  }
}
