// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * One log file's bytes -> packed RawLog chunks and Rejections.
 *
 * <p>Gunzips what starts as gzip, reads the rows of a {@link FileContainer} (Parquet), takes
 * anything else as text; the first {@link LogFormat} that recognises the file's beginning reads its
 * lines. The file is cut into chunks by a fixed rule, so the same file gives the same bytes every
 * time: up to 1,000 data lines or 512 KiB of them, whichever comes first. Lines that start with '#'
 * and empty lines are not data. Every data line is an event or rejected, and counted in one chunk;
 * a chunk without events is sent too.
 *
 * <p>Damage (a cut or broken gzip file, a limit) ends the file: what came before it is sent, then
 * one Rejection for the whole file (line 0) says why. A file of no known format is one Rejection
 * that accounts for all of its lines. Memory is bounded by the limits, whatever the file's length.
 */
public final class FileStreamer {
  private final LogFile file;
  private final ChunkCutter chunks;
  private final Rejections rejections;
  private final ReadLimits limits;
  private final RawLogWriter writer = new RawLogWriter();
  private final @Nullable EventMask mask;
  private final long fileId;

  /** Receives a file's chunks and rejections as they come up, on the thread that streams. */
  public interface Outlet {
    /** A chunk, of which the rejected lines were handed over before. */
    void chunk(PackedRecord record, ChunkHeader header);

    /** A line (its number), or the file (line 0), that could not become events. */
    void rejected(Rejection rejection);
  }

  public FileStreamer(LogFile file, Codec codec, ReadLimits limits, Outlet outlet) {
    this(file, codec, limits, outlet, null);
  }

  /**
   * @param mask masks each event before it is packed; rejections then show no bytes of the file
   */
  public FileStreamer(
      LogFile file, Codec codec, ReadLimits limits, Outlet outlet, @Nullable EventMask mask) {
    this.file = file;
    this.limits = limits;
    this.mask = mask;
    fileId = file.fileId();
    chunks = new ChunkCutter(fileId, codec, outlet);
    rejections = new Rejections(file, outlet, mask == null);
  }

  /**
   * Streams the file and says what became of it. To be called once. The stream is not closed.
   * Throws IOException if the stream does, or ends before {@link LogFile#size}: then what the
   * outlet has got is the beginning of what the next attempt gives it.
   */
  public FileSummary stream(InputStream in) throws IOException {
    try (FileBytes bytes = FileBytes.open(new SourceBytes(in, file.size()), limits)) {
      LineScanner lines = new LineScanner(bytes, limits.maxLineBytes());
      FileStart start = lines.start();
      Optional<LogReader> reader = recognise(start);
      return reader.isPresent() ? read(lines, reader.get()) : refuse(lines, start);
    }
  }

  private Optional<LogReader> recognise(FileStart start) {
    return Formats.ALL.stream()
        .map(format -> format.recognise(file, start))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private FileSummary read(LineScanner lines, LogReader reader) throws IOException {
    while (lines.next()) {
      if (lines.from() == lines.to()) {
        continue;
      }
      if (lines.overlong()) {
        chunks.line(lines.number(), lines.length());
        reject(lines, tooLong());
      } else if (lines.buffer()[lines.from()] == '#') {
        reader.header(lines.buffer(), lines.from(), lines.to());
      } else {
        chunks.line(lines.number(), lines.length());
        readLine(lines, reader);
      }
    }
    LineProblem damage = lines.damage();
    if (damage != null) {
      byte[] shown = Rejections.shown(lines.buffer(), lines.unreadFrom(), lines.unreadTo());
      rejections.file(damage, rejectHalfLine(lines), shown);
    }
    return chunks.finish(Optional.ofNullable(damage).map(LineProblem::reason));
  }

  private void readLine(LineScanner lines, LogReader reader) {
    boolean ascii = ByteScan.isAscii(lines.buffer(), lines.from(), lines.to());
    writer.start(fileId, lines.number(), ascii);
    LineProblem problem = reader.read(lines.buffer(), lines.from(), lines.to(), writer);
    if (problem == null) {
      chunks.event(writer, mask);
    } else {
      reject(lines, problem);
    }
  }

  private void reject(LineScanner lines, LineProblem problem) {
    chunks.rejectedLine();
    rejections.line(problem, lines);
  }

  private LineProblem tooLong() {
    return new LineProblem(
        "too_long",
        "The line is longer than the limit of "
            + limits.maxLineBytes()
            + " bytes: CloudFront's stay below 100 KB, so raise the limit if it is lower, else look"
            + " for damage in the file.");
  }

  /** A file that nothing can read: one rejection accounts for all of its lines. */
  private FileSummary refuse(LineScanner lines, FileStart start) throws IOException {
    LineProblem damage = lines.damage();
    LineProblem problem = damage == null ? ForeignFile.problem(start) : damage;
    byte[] shown = Rejections.shown(start.buffer(), start.from(), start.to());
    int count = 0;
    while (lines.next()) {
      if (lines.from() < lines.to() && lines.buffer()[lines.from()] != '#') {
        chunks.line(lines.number(), lines.length());
        chunks.rejectedLine();
        count++;
      }
    }
    rejections.file(problem, count + rejectHalfLine(lines), shown);
    return chunks.finish(Optional.of(problem.reason()));
  }

  /** After damage, bytes behind the last line feed are the beginning of one more line: 0 or 1. */
  private int rejectHalfLine(LineScanner lines) {
    int from = lines.unreadFrom();
    int to = lines.unreadTo();
    if (lines.damage() == null || from == to || lines.buffer()[from] == '#') {
      return 0;
    }
    chunks.line(lines.number() + 1, (long) to - from);
    chunks.rejectedLine();
    return 1;
  }

  /** Looked up once, on first use. */
  private static final class Formats {
    static final List<LogFormat> ALL =
        ServiceLoader.load(LogFormat.class, LogFormat.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }
}
