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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Small log files, the same at every call. */
final class LogFiles {
  private static final String HEADER =
      "#Version: 1.0\n"
          + "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem"
          + " sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type"
          + " x-edge-request-id x-host-header cs-protocol cs-bytes time-taken\n";

  /** The one that {@link Dictionary} knows, as it is after decoding. */
  static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/120.0";

  /** Personal data, which development must not see. */
  static final String ADDRESS = "198.51.100";

  static final String SESSION = "s3cret";

  private static final String LINE =
      "%s\t10:%02d:%02d\tCPH50-C1\t%d\t"
          + ADDRESS
          + ".%d\tGET\td111.cloudfront.net\t/page/%d\t%s\t-"
          + "\tMozilla/5.0%%20(X11;%%20Linux%%20x86_64)%%20Gecko/20100101%%20Firefox/120.0"
          + "\tutm_source=x%d&email=jane@example.org\tsession="
          + SESSION
          + "\tHit\trequest-id-%08d==\twww.example.com\thttps\t100\t0.001\n";

  private LogFiles() {}

  /** Of two days; every tenth line has no status that exists: a rejection. */
  static byte[] file(int lines) {
    return file(lines, "2026-03-01", "2026-03-02");
  }

  private static byte[] file(int lines, String... days) {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < lines; i++) {
      text.append(
          LINE.formatted(
              days[i % days.length],
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

  /** S3's ETag of what is put in one piece. */
  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What streamify makes of the file. */
  static List<PackedRecord> chunks(String key, int lines) throws IOException {
    return chunks(key, file(lines));
  }

  /** Of another day. */
  static List<PackedRecord> chunks(String key, int lines, String day) throws IOException {
    return chunks(key, file(lines, day));
  }

  private static List<PackedRecord> chunks(String key, byte[] content) throws IOException {
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
            new LogFile("backup", key, md5(content), content.length),
            Codec.ZSTD,
            ReadLimits.defaults(),
            outlet)
        .stream(new ByteArrayInputStream(content));
    return records;
  }
}
