// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A span of a stream's records, each one or more lines, in their order -> packed RawLog chunks and
 * Rejections, as {@link FileStreamer} makes them of a file: the same span gives the same bytes
 * every time. Lines are numbered through the span. A line that makes the reader fail is rejected
 * like one that it refuses, so that it never blocks its shard.
 */
public final class RecordStreamer {
  private final ChunkCutter chunks;
  private final FileStreamer.Outlet outlet;
  private final LogReader reader;
  private final int maxLineBytes;
  private final @Nullable EventMask mask;
  private final RawLogWriter writer = new RawLogWriter();
  private final Rejection template;
  private final long fileId;
  private int line;

  /**
   * For one span.
   *
   * @param span what the span is called: stream, shard, first and last record; never anything else
   * @param pipe the stream's name in rejections
   */
  public RecordStreamer(
      LogFile span, String pipe, Settings settings, LogReader reader, FileStreamer.Outlet outlet) {
    fileId = span.fileId();
    chunks = new ChunkCutter(fileId, settings.codec(), outlet);
    this.outlet = outlet;
    this.reader = reader;
    maxLineBytes = settings.maxLineBytes();
    mask = settings.masks().map(Supplier::get).orElse(null);
    template =
        Rejection.newBuilder()
            .setStage("streamify")
            .setBucket(span.bucket())
            .setKey(span.key())
            .setFileId(fileId)
            .setPipe(pipe)
            .setLines(1)
            .build();
  }

  /**
   * How lines become chunks.
   *
   * @param masks makes what masks each event before it is packed; rejections then show no bytes
   */
  public record Settings(Codec codec, int maxLineBytes, Optional<Supplier<EventMask>> masks) {
    public Settings(Codec codec, int maxLineBytes) {
      this(codec, maxLineBytes, Optional.empty());
    }
  }

  /** The next record's bytes. */
  public void record(String sequenceNumber, byte[] data) {
    int from = 0;
    while (from < data.length) {
      int end = ByteScan.indexOf((byte) '\n', data, from, data.length);
      int to = FileStart.textTo(data, from, end);
      if (to > from) {
        line(sequenceNumber, data, from, to);
      }
      from = end + 1;
    }
  }

  private void line(String sequenceNumber, byte[] data, int from, int to) {
    chunks.line(++line, (long) to - from);
    writer.start(fileId, line, ByteScan.isAscii(data, from, to));
    LineProblem problem = to - from > maxLineBytes ? tooLong() : read(data, from, to);
    if (problem == null) {
      chunks.event(writer, mask);
      return;
    }
    chunks.rejectedLine();
    outlet.rejected(
        template.toBuilder()
            .setReason(problem.reason())
            .setMessage(problem.message())
            .setLine(line)
            .setSequenceNumber(sequenceNumber)
            .setData(mask == null ? shown(data, from, to) : ByteString.EMPTY)
            .setDataLength(to - from)
            .build());
  }

  private static ByteString shown(byte[] data, int from, int to) {
    return ByteString.copyFrom(Rejections.shown(data, from, to));
  }

  private @Nullable LineProblem read(byte[] data, int from, int to) {
    try {
      return reader.read(data, from, to, writer);
    } catch (RuntimeException e) {
      return new LineProblem(
          "reader_failed",
          "The reader failed on it (" + e.getClass().getSimpleName() + "): report this.");
    }
  }

  private LineProblem tooLong() {
    return new LineProblem(
        "too_long",
        "The line is longer than the limit of "
            + maxLineBytes
            + " bytes: CloudFront's stay below 100 KB, so raise the limit if it is lower, else look"
            + " at who writes to the stream.");
  }

  /** Sends the last chunk, and says what became of the span. */
  public FileSummary finish() {
    return chunks.finish(Optional.empty());
  }
}
