// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.lineage;

import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import aqueduct.logs.Unpacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A log line that a person pasted -> what streamify would make of a file that holds it alone. */
public final class PastedLine {
  private final List<PackedRecord> chunks = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  private PastedLine() {}

  /**
   * Reads the line.
   *
   * @param fields names of its columns; empty: by their number
   */
  public static PastedLine read(String line, String fields) throws IOException {
    String header = fields.isEmpty() ? "" : "#Version: 1.0\n#Fields: " + fields + "\n";
    byte[] file = (header + line + "\n").getBytes(StandardCharsets.UTF_8);
    PastedLine pasted = new PastedLine();
    new FileStreamer(
            new LogFile("pasted", "line", "", file.length),
            Codec.ZSTD,
            ReadLimits.defaults(),
            pasted.outlet())
        .stream(new ByteArrayInputStream(file));
    return pasted;
  }

  private FileStreamer.Outlet outlet() {
    return new FileStreamer.Outlet() {
      @Override
      public void chunk(PackedRecord record, ChunkHeader header) {
        chunks.add(record);
      }

      @Override
      public void rejected(Rejection rejection) {
        rejections.add(rejection);
      }
    };
  }

  /** Why it cannot be read. */
  public Optional<Rejection> rejection() {
    return rejections.stream().findFirst();
  }

  /** Its chunk, packed. */
  public byte[] record() {
    return chunks.get(0).data();
  }

  /** What the chunk is, in words. */
  public String chunk() {
    return "a record of " + record().length + " bytes; in a file, up to 1,000 lines share one";
  }

  public RawLog event() throws IOException {
    return RawLog.parseFrom(only(chunks.get(0)));
  }

  /** The one message of a packed record. */
  public static byte[] only(PackedRecord record) {
    List<byte[]> messages = new ArrayList<>();
    try {
      new Unpacker("RawLog")
          .unpack(record.data())
          .forEach((buffer, from, to) -> messages.add(Arrays.copyOfRange(buffer, from, to)));
      return messages.get(0);
    } catch (CorruptRecordException e) {
      throw new IllegalStateException("a record that was packed just now", e);
    }
  }
}
