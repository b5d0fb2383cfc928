// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.enrichment.Enricher;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.FieldScan;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import aqueduct.logs.Unpacker;
import aqueduct.stores.enrichment.EnrichmentProperties;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * A raw file -> the lines of somebody who is to be erased, and the file without them. Found by the
 * live path's reader and enricher. The lines' places stay, as comments, so that every other line
 * keeps its number.
 */
public final class ErasedLines {
  private static final byte[] COMMENT = "#erased".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DAILY = "daily_hmac".getBytes(StandardCharsets.US_ASCII);
  private static final long DAY_MICROS = 86_400_000_000L;
  private final Subject subject;
  private final ReadLimits limits;
  private final Enricher enricher;
  private final Unpacker raws = new Unpacker("RawLog");
  private final Unpacker events = new Unpacker("EnrichedLog");
  private final FieldScan scan = new FieldScan();
  private final Set<Integer> lines = new TreeSet<>();
  private final Set<Long> visitors = new TreeSet<>();

  /**
   * Who is erased.
   *
   * @param visitors ids, as in {@code visitor_id}
   * @param prefixes blocks of addresses
   * @param days of the events; none: all
   */
  public record Subject(List<Long> visitors, List<AddressPrefix> prefixes, List<LocalDate> days)
      implements Serializable {
    public Subject {
      visitors = List.copyOf(visitors);
      prefixes = List.copyOf(prefixes);
      days = List.copyOf(days);
    }

    /** Whether the address lies in one of the blocks. */
    boolean holds(String address) {
      return prefixes.stream().anyMatch(prefix -> prefix.holds(address));
    }
  }

  public ErasedLines(Subject subject, EnrichmentProperties settings, ReadLimits limits) {
    this.limits = limits;
    this.subject = subject;
    this.enricher = new Enricher(EnrichedFiles.context(settings), Codec.KPL);
  }

  /** The numbers of the lines, ascending. */
  public Set<Integer> find(LogFile file, byte[] content) throws IOException {
    lines.clear();
    visitors.clear();
    new FileStreamer(file, Codec.KPL, limits, new Outlet())
        .stream(new ByteArrayInputStream(content));
    return new TreeSet<>(lines);
  }

  /**
   * The ids that lead to the lines found last: those that were asked for, and the day's ids of
   * erased addresses.
   */
  public Set<Long> visitors() {
    return new TreeSet<>(visitors);
  }

  private final class Outlet implements FileStreamer.Outlet {
    @Override
    public void chunk(PackedRecord record, ChunkHeader header) {
      try {
        raws.unpack(record.data()).forEach(ErasedLines.this::raw);
        events
            .unpack(enricher.enrich(record.data()).record().data())
            .forEach(ErasedLines.this::event);
      } catch (CorruptRecordException e) {
        throw new IllegalStateException("a record just packed can be unpacked", e);
      }
    }

    @Override
    public void rejected(Rejection rejection) {
      if (rejection.getLine() > 0
          && words(rejection.getData().toStringUtf8()).anyMatch(subject::holds)) {
        lines.add(rejection.getLine());
      }
    }
  }

  private void raw(byte[] buffer, int from, int to) {
    scan.scan(buffer, from, to);
    int field = RawLog.CLIENT_IP_FIELD_NUMBER;
    if (isAsked(RawLog.TIME_US_FIELD_NUMBER)
        && subject.holds(
            new String(
                scan.buffer(), scan.from(field), scan.length(field), StandardCharsets.UTF_8))) {
      lines.add((int) scan.number(RawLog.LINE_FIELD_NUMBER));
    }
  }

  private void event(byte[] buffer, int from, int to) {
    scan.scan(buffer, from, to);
    if (!scan.has(EnrichedLog.VISITOR_ID_FIELD_NUMBER)) {
      return;
    }
    long visitor = scan.number(EnrichedLog.VISITOR_ID_FIELD_NUMBER);
    int line = (int) scan.number(EnrichedLog.LINE_FIELD_NUMBER);
    if (subject.visitors.contains(visitor) && isAsked(EnrichedLog.TIME_US_FIELD_NUMBER)) {
      lines.add(line);
      visitors.add(visitor);
    } else if (lines.contains(line)
        && scan.equals(EnrichedLog.VISITOR_ID_KIND_FIELD_NUMBER, DAILY)) {
      visitors.add(visitor);
    }
  }

  private boolean isAsked(int timeField) {
    return subject.days.isEmpty()
        || subject.days.contains(
            LocalDate.ofEpochDay(Math.floorDiv(scan.number(timeField), DAY_MICROS)));
  }

  /** What may be an address, in a line that nobody could read. */
  static Stream<String> words(String line) {
    return Pattern.compile("[\\s,]+").splitAsStream(line);
  }

  /** The content without these lines; gzipped if it was. */
  public static byte[] without(byte[] content, Set<Integer> lines) throws IOException {
    boolean gzip = content.length > 1 && (content[0] & 0xff) == 0x1f && (content[1] & 0xff) == 0x8b;
    byte[] text = gzip ? unzip(content) : content;
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
    int number = 1;
    int from = 0;
    while (from < text.length) {
      int end = from;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      if (lines.contains(number)) {
        out.write(COMMENT);
      } else {
        out.write(text, from, end - from);
      }
      if (end < text.length) {
        out.write('\n');
      }
      from = end + 1;
      number++;
    }
    return gzip ? zip(out.toByteArray()) : out.toByteArray();
  }

  private static byte[] unzip(byte[] content) throws IOException {
    try (GzipCompressorInputStream in =
        GzipCompressorInputStream.builder()
            .setByteArray(content)
            .setDecompressConcatenated(true)
            .get()) {
      return in.readAllBytes();
    }
  }

  private static byte[] zip(byte[] text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length / 3 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text);
    }
    return out.toByteArray();
  }
}
