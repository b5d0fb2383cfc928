// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import aqueduct.logs.Codec;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Small log files, the same at every call. */
final class LogFiles {
  private static final String HEADER =
      "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem"
          + " sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type"
          + " x-edge-request-id x-host-header cs-protocol cs-bytes time-taken\n";

  private LogFiles() {}

  /** Every tenth line has no status that exists: a rejection. */
  static byte[] file(int lines) {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < lines; i++) {
      text.append(
          "2026-03-0%d\t10:%02d:%02d\tCPH50-C1\t%d\t198.51.100.%d\tGET\td111.cloudfront.net\t/page/%d\t%s\t-\tMozilla/5.0%%20(X11;%%20Linux%%20x86_64)%%20Gecko/20100101%%20Firefox/120.0\tutm_source=x%d\t-\tHit\trequest-id-%08d==\twww.example.com\thttps\t100\t0.001\n"
              .formatted(
                  1 + i % 2,
                  i / 60 % 60,
                  i % 60,
                  500 + i,
                  1 + i % 250,
                  i % 40,
                  i % 10 == 9 ? "abc" : "200",
                  i % 3,
                  i));
    }
    return gzip(text.toString());
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What streamify makes of the file. */
  static List<PackedRecord> chunks(String key, int lines) throws IOException {
    byte[] content = file(lines);
    List<PackedRecord> records = new ArrayList<>();
    FileStreamer.Outlet outlet =
        new FileStreamer.Outlet() {
          @Override
          public void chunk(PackedRecord record, ChunkHeader header) {
            records.add(record);
          }

          @Override
          public void rejected(Rejection rejection) {
            // streamify's, not enrich's
          }
        };
    new FileStreamer(
            new LogFile("backup", key, "etag", content.length),
            Codec.ZSTD,
            ReadLimits.defaults(),
            outlet)
        .stream(new ByteArrayInputStream(content));
    return records;
  }
}
