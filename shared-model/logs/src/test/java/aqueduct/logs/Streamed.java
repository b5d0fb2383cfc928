// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Fixture: what streaming a file gave, with conservation checked on every use. */
public final class Streamed implements FileStreamer.Outlet {
  public final List<PackedRecord> records = new ArrayList<>();
  public final List<ChunkHeader> headers = new ArrayList<>();
  public final List<RawLog> events = new ArrayList<>();
  public final List<Rejection> rejections = new ArrayList<>();
  private FileSummary summary;

  /** Streams the object as the key {@code E2SAMPLES00001.2019-12-04-21.d111111a.gz}. */
  public static Streamed of(byte[] object) {
    return of("logs/E2SAMPLES00001.2019-12-04-21.d111111a.gz", object);
  }

  public static Streamed of(String key, byte[] object) {
    return of(key, object, Codec.ZSTD, ReadLimits.defaults());
  }

  public static Streamed of(String key, byte[] object, Codec codec, ReadLimits limits) {
    return of(
        new LogFile("kept", key, "etag", object.length),
        new ByteArrayInputStream(object),
        codec,
        limits);
  }

  public static Streamed of(LogFile file, InputStream in, Codec codec, ReadLimits limits) {
    Streamed streamed = new Streamed();
    try {
      streamed.summary = new FileStreamer(file, codec, limits, streamed).stream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    streamed.requireConservation();
    return streamed;
  }

  public static Streamed text(String... lines) {
    return of(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void chunk(PackedRecord record, ChunkHeader header) {
    records.add(record);
    headers.add(header);
    events.addAll(Chunks.rawLogs(record));
  }

  @Override
  public void rejected(Rejection rejection) {
    rejections.add(rejection);
  }

  public FileSummary summary() {
    return summary;
  }

  public RawLog event() {
    assertThat(rejections).isEmpty();
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  public List<String> reasons() {
    return rejections.stream().map(Rejection::getReason).toList();
  }

  private void requireConservation() {
    assertThat(summary.events()).isEqualTo(events.size());
    assertThat(headers.stream().mapToLong(ChunkHeader::getLines).sum()).isEqualTo(summary.lines());
    assertThat(headers.stream().mapToLong(ChunkHeader::getEvents).sum())
        .isEqualTo(summary.events());
    assertThat(headers.stream().mapToLong(ChunkHeader::getRejected).sum())
        .isEqualTo(summary.rejected());
    assertThat(rejections.stream().mapToLong(Rejection::getLines).sum())
        .isEqualTo(summary.rejected());
    assertThat(summary.chunks()).isEqualTo(records.size());
    assertThat(records).allMatch(r -> r.data().length + r.partitionKey().length() <= 1 << 20);
  }
}
