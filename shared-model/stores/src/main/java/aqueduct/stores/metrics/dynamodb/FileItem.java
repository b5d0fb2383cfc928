// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.MetricStore.FileProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What has been applied of one file: which chunks, the sums, and up to which window (by its
 * sequence number) they are in.
 */
record FileItem(FileProgress sums, RoaringBitmap firstLines, long upTo) {
  private static final String FILE = "file";

  static FileItem none(long file) {
    return new FileItem(new FileProgress(file, 0, 0, 0, 0, 0, 0), new RoaringBitmap(), 0);
  }

  static Map<String, AttributeValue> key(long file) {
    return Item.key(FILE + "#" + HexFormat.of().toHexDigits(file), FILE);
  }

  /** This, and what the window with that sequence number adds. */
  FileItem plus(long sequence, List<AppliedChunk> chunks, long duplicateLines) {
    RoaringBitmap lines = firstLines.clone();
    FileProgress s = sums;
    for (AppliedChunk c : chunks) {
      lines.add(c.id().firstLine());
      s =
          new FileProgress(
              s.fileId(),
              s.chunks() + 1,
              s.lines() + c.lines(),
              s.events() + c.events(),
              s.rejected() + c.rejected(),
              s.filtered() + c.filtered(),
              s.duplicateLines());
    }
    return new FileItem(
        new FileProgress(
            s.fileId(),
            s.chunks(),
            s.lines(),
            s.events(),
            s.rejected(),
            s.filtered(),
            s.duplicateLines() + duplicateLines),
        lines,
        sequence);
  }

  Item item() {
    firstLines.runOptimize();
    ByteBuffer lines = ByteBuffer.allocate(firstLines.serializedSizeInBytes());
    firstLines.serialize(lines);
    return Item.of(FILE + "#" + HexFormat.of().toHexDigits(sums.fileId()), FILE)
        .with("first_lines", lines.array())
        .with("chunks", sums.chunks())
        .with("lines", sums.lines())
        .with("events", sums.events())
        .with("rejected", sums.rejected())
        .with("filtered", sums.filtered())
        .with("duplicate_lines", sums.duplicateLines())
        .with("up_to", upTo);
  }

  static FileItem read(Item item) {
    try {
      RoaringBitmap lines = new RoaringBitmap();
      lines.deserialize(ByteBuffer.wrap(item.bytes("first_lines")));
      return new FileItem(
          new FileProgress(
              HexFormat.fromHexDigitsToLong(item.string(Item.PK).substring(FILE.length() + 1)),
              (int) item.number("chunks"),
              item.number("lines"),
              item.number("events"),
              item.number("rejected"),
              item.number("filtered"),
              item.number("duplicate_lines")),
          lines,
          item.number("up_to"));
    } catch (IOException e) {
      throw new UncheckedIOException("a bitmap of applied chunks is damaged", e);
    }
  }
}
