// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.status;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What went into an edge and what came out of it: {@code in = out + rejected + filtered + waiting +
 * gap}.
 *
 * @param unit files or lines
 * @param duplicates what came again and changed nothing; not part of the sum
 * @param gap what no number accounts for
 */
public record EdgeStatus(
    String edge,
    String unit,
    long in,
    long out,
    long rejected,
    long filtered,
    long duplicates,
    long waiting,
    long gap) {

  /** All edges that files and lines pass, in the order of the flow. */
  static List<EdgeStatus> of(long kept, long repeats, List<FileStatus> files) {
    long streamedFiles = files.stream().filter(f -> !f.state().equals("claimed")).count();
    long lines = sum(files, FileStatus::lines);
    long streamed = sum(files, FileStatus::streamed);
    return List.of(
        new EdgeStatus(
            "kept files -> raw-logs",
            "files",
            kept,
            streamedFiles,
            0,
            0,
            repeats,
            Math.max(0, kept - streamedFiles),
            0),
        new EdgeStatus("streamify", "lines", lines, streamed, lines - streamed, 0, 0, 0, 0),
        new EdgeStatus(
            "raw-logs -> metrics",
            "lines",
            lines,
            sum(files, FileStatus::events),
            sum(files, FileStatus::rejected),
            sum(files, FileStatus::filtered),
            sum(files, FileStatus::duplicates),
            sum(files, FileStatus::waiting),
            sum(files, FileStatus::gap)));
  }

  private static long sum(List<FileStatus> files, ToLongFunction<FileStatus> number) {
    return files.stream().mapToLong(number).sum();
  }
}
