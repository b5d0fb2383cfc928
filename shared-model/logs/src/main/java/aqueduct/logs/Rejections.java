// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import java.util.Arrays;

/** Problems of a file and its lines -> Rejections that show them. */
final class Rejections {
  private final Rejection template;
  private final FileStreamer.Outlet outlet;
  private final boolean shows;

  /**
   * @param shows whether they show the bytes; else their length alone, and file and line say where
   *     the bytes are
   */
  Rejections(LogFile file, FileStreamer.Outlet outlet, boolean shows) {
    this.outlet = outlet;
    this.shows = shows;
    template =
        Rejection.newBuilder()
            .setStage("streamify")
            .setBucket(file.bucket())
            .setKey(file.key())
            .setFileId(file.fileId())
            .build();
  }

  void line(LineProblem problem, LineScanner line) {
    byte[] shown = shown(line.buffer(), line.from(), line.to());
    outlet.rejected(
        of(problem, shown)
            .setLine(line.number())
            .setLines(1)
            .setDataLength((int) Math.min(Integer.MAX_VALUE, line.length()))
            .build());
  }

  /** The whole file, which accounts for {@code lines} of its lines. */
  void file(LineProblem problem, int lines, byte[] shown) {
    outlet.rejected(of(problem, shown).setLines(lines).setDataLength(shown.length).build());
  }

  private Rejection.Builder of(LineProblem problem, byte[] shown) {
    return template.toBuilder()
        .setReason(problem.reason())
        .setMessage(problem.message())
        .setData(shows ? ByteString.copyFrom(shown) : ByteString.EMPTY);
  }

  /** A copy of those bytes, at most as many as a Rejection shows. */
  static byte[] shown(byte[] buffer, int from, int to) {
    return Arrays.copyOfRange(buffer, from, Math.min(to, from + RejectionPacker.MAX_DATA_BYTES));
  }
}
